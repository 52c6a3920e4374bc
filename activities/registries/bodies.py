"""The registry of bodies as it stood on a local date: who exists, under which name, who is authorized."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import cast

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import rows_among
from activities.registries.not_ready import RegistryNotReady
from activities.registries.remembered import memory_of, remembered
from models.report.content import Wording
from models.tables.bodies import OrganisationRow, OrganisationVersionRow
from models.tables.councils import CouncilRow
from models.tables.spheres import SphereRow
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import Id, OrganisationKind
from models.vocabulary.web import host_of


async def versions_on(
    session: AsyncSession, day: date, organisations: Iterable[Id] | None = None
) -> dict[Id, OrganisationVersionRow]:
    """What is known of bodies on a day, by id; of all when none are named. The abolished are absent.

    Of those that are named it is to be read only: it may be remembered.
    """
    if organisations is not None:
        known = await _known_of(session, set(organisations))
        return {
            row.organisation: row
            for rows in known.values()
            for row in rows
            if row.valid_from <= day and (row.valid_until is None or row.valid_until >= day)
        }
    found = select(OrganisationVersionRow).where(*_valid_on(day))
    rows = await session.exec(found.order_by(col(OrganisationVersionRow.valid_from)))
    return {row.organisation: row for row in rows}


async def organisation_on(
    session: AsyncSession, organisation: Id, day: date
) -> OrganisationVersionRow | None:
    """What the registry says of a body on a local date; None where it is unknown or abolished."""
    return (await versions_on(session, day, (organisation,))).get(organisation)


async def special_between(
    session: AsyncSession, organisations: Iterable[Id], first: date, last: date
) -> tuple[Id, ...]:
    """Rule 5: those that were special state bodies on any local date from the first to the last one."""
    version = OrganisationVersionRow
    until = col(version.valid_until)
    found = select(version.organisation).where(
        col(version.special_state_body).is_(True),
        col(version.valid_from) <= last,
        or_(until.is_(None), until >= first),
    )
    return tuple(sorted(set(await rows_among(session, found, col(version.organisation), organisations))))


async def authorized_body_on(session: AsyncSession, day: date) -> Id:
    """Rule 2: there is exactly one authorized body on any day.

    Where a successor is on file already and the one before is not abolished yet, it is the one that became it
    last. Raises `RegistryNotReady` while there is none.
    """
    return await remembered(session, ("authorized_body", day), partial(_authorized_body_on, session, day))


async def _authorized_body_on(session: AsyncSession, day: date) -> Id:
    authorized = col(OrganisationVersionRow.kind) == OrganisationKind.AUTHORIZED_BODY.value
    found = select(OrganisationVersionRow.organisation).where(authorized, *_valid_on(day))
    rows = list(await session.exec(found))
    if not rows:
        raise RegistryNotReady("authorized_body")
    if len(rows) == 1:
        return rows[0]
    since = select(OrganisationVersionRow).where(
        authorized, col(OrganisationVersionRow.organisation).in_(rows)
    )
    became: dict[Id, date] = {}
    for row in await session.exec(since):
        became[row.organisation] = min(row.valid_from, became.get(row.organisation, row.valid_from))
    return max(became, key=lambda body: (became[body], body))


async def names_of(session: AsyncSession, day: date, organisations: Iterable[Id]) -> dict[Id, Wording]:
    """Names of bodies on a day, the last ones known for bodies that no longer exist."""
    known = await _known_of(session, set(organisations))
    return {
        row.organisation: name_of(row) for rows in known.values() for row in rows if row.valid_from <= day
    }


async def official_hosts(session: AsyncSession, day: date) -> tuple[str, ...]:
    """Rule 19: the hosts of the authorized body's official web resource on a local date."""
    body = await organisation_on(session, await authorized_body_on(session, day), day)
    addresses = (body.web_resource, *body.further_web_resources) if body else ()
    return tuple(dict.fromkeys(host for address in addresses if (host := host_of(address))))


def name_of(row: OrganisationVersionRow | SphereRow | CouncilRow) -> Wording:
    """The names on file."""
    return Wording(kk=row.name_kk, ru=row.name_ru, en=row.name_en)


def regions_named(bodies: Iterable[OrganisationVersionRow]) -> dict[str, Wording]:
    """Regions by what bodies have them called, each with its names; the fullest and latest version tells."""
    fullest = sorted(bodies, key=lambda row: (bool(row.region_ru), row.valid_from))
    return {
        row.region: Wording(kk=row.region, ru=row.region_ru, en=row.region_en)
        for row in fullest
        if row.region
    }


async def code_of(session: AsyncSession, organisation: Id) -> str | None:
    """The code of a body in registration numbers, which it is given once; None for an unknown one."""
    return await remembered(session, ("code", organisation), partial(_code_of, session, organisation))


async def _code_of(session: AsyncSession, organisation: Id) -> str | None:
    row = await session.get(OrganisationRow, organisation)
    return row.code if row else None


def body_of(row: OrganisationVersionRow) -> Body:
    """The facts that commands and briefings carry about a body."""
    return Body(
        organisation=row.organisation,
        kind=OrganisationKind(row.kind),
        legal_person=row.legal_person,
        superior=row.superior,
        special_state_body=row.special_state_body,
    )


def still_there(organisation: object, day: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Whether a body, by a column that names it, has not ended before a local date: in a query of another."""
    until = col(OrganisationVersionRow.valid_until)
    lasting = select(OrganisationVersionRow.organisation).where(
        OrganisationVersionRow.organisation == organisation, or_(until.is_(None), until >= day)
    )
    return lasting.exists()


async def _known_of(
    session: AsyncSession, organisations: set[Id]
) -> dict[Id, tuple[OrganisationVersionRow, ...]]:
    """All that was ever known of bodies, in order of time; nothing of one that the registry does not have."""
    memory = memory_of(session)
    if memory is None:
        return await _read_of(session, organisations)
    missing = {each for each in organisations if ("body", each) not in memory}
    if missing:
        read = await _read_of(session, missing)
        for each in missing:
            # Copies, which belong to no session: none of them expires with one.
            copies = (OrganisationVersionRow(**row.model_dump()) for row in read.get(each, ()))
            memory["body", each] = tuple(copies)
    known = {each: memory["body", each] for each in organisations}
    return cast(dict[Id, tuple[OrganisationVersionRow, ...]], known)


async def _read_of(
    session: AsyncSession, organisations: set[Id]
) -> dict[Id, tuple[OrganisationVersionRow, ...]]:
    if not organisations:
        return {}
    found = select(OrganisationVersionRow).where(
        col(OrganisationVersionRow.organisation).in_(sorted(organisations))
    )
    known: dict[Id, tuple[OrganisationVersionRow, ...]] = {}
    for row in await session.exec(found.order_by(col(OrganisationVersionRow.valid_from))):
        known[row.organisation] = (*known.get(row.organisation, ()), row)
    return known


def _valid_on(day: date) -> tuple[ColumnElement[bool], ...]:
    until = col(OrganisationVersionRow.valid_until)
    return (col(OrganisationVersionRow.valid_from) <= day, or_(until.is_(None), until >= day))
