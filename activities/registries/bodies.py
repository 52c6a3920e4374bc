"""The registry of bodies as it stood on a local date: who exists, under which name, who is authorized."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.not_ready import RegistryNotReady
from models.report.content import Wording
from models.tables.bodies import OrganisationVersionRow
from models.tables.councils import CouncilRow
from models.tables.spheres import SphereRow
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import Id, OrganisationKind


async def versions_on(
    session: AsyncSession, day: date, organisations: Iterable[Id] | None = None
) -> dict[Id, OrganisationVersionRow]:
    """What is known of bodies on a day, by id; of all when none are named. The abolished are absent."""
    found = select(OrganisationVersionRow).where(*_valid_on(day))
    if organisations is not None:
        found = found.where(col(OrganisationVersionRow.organisation).in_(set(organisations)))
    rows = await session.exec(found.order_by(col(OrganisationVersionRow.valid_from)))
    return {row.organisation: row for row in rows}


async def organisation_on(
    session: AsyncSession, organisation: Id, day: date
) -> OrganisationVersionRow | None:
    """What the registry says of a body on a local date; None where it is unknown or abolished."""
    return (await versions_on(session, day, (organisation,))).get(organisation)


async def authorized_body_on(session: AsyncSession, day: date) -> Id:
    """Rule 2: there is exactly one authorized body on any day.

    Where a successor is on file already and the one before is not abolished yet, it is the one that became it
    last. Raises `RegistryNotReady` while there is none.
    """
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
    wanted = set(organisations)
    found = select(OrganisationVersionRow).where(
        col(OrganisationVersionRow.organisation).in_(wanted), col(OrganisationVersionRow.valid_from) <= day
    )
    rows = await session.exec(found.order_by(col(OrganisationVersionRow.valid_from)))
    return {row.organisation: name_of(row) for row in rows}


def name_of(row: OrganisationVersionRow | SphereRow | CouncilRow) -> Wording:
    """The names on file."""
    return Wording(kk=row.name_kk, ru=row.name_ru, en=row.name_en)


def body_of(row: OrganisationVersionRow) -> Body:
    """The facts that commands and briefings carry about a body."""
    return Body(
        organisation=row.organisation,
        kind=OrganisationKind(row.kind),
        legal_person=row.legal_person,
        superior=row.superior,
        special_state_body=row.special_state_body,
    )


def _valid_on(day: date) -> tuple[ColumnElement[bool], ...]:
    until = col(OrganisationVersionRow.valid_until)
    return (col(OrganisationVersionRow.valid_from) <= day, or_(until.is_(None), until >= day))
