"""The names behind the ids of a monitoring: bodies, people, accounts, councils, spheres."""

from collections.abc import Iterator

from pydantic import BaseModel
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.events import Entry
from models.proof.bundle import RegisteredName, RegistryExtract
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationVersionRow
from models.tables.councils import CouncilRow
from models.tables.people import PersonRow
from models.tables.spheres import SphereRow
from models.vocabulary.procedure import Id


async def registry_extract(
    session: AsyncSession, entries: tuple[Entry, ...], accounts: frozenset[Id]
) -> RegistryExtract:
    """Names of everybody the entries mention, and of `accounts` that wrote content or attached files."""
    ids = set(accounts).union(*(_words(entry) for entry in entries)) if entries else set(accounts)
    known = await session.exec(select(AccountRow).where(col(AccountRow.id).in_(ids)))
    of_accounts = sorted(known, key=lambda row: row.id)
    councils = sorted(
        await session.exec(select(CouncilRow).where(col(CouncilRow.id).in_(ids))), key=lambda row: row.id
    )
    ids |= {row.person for row in of_accounts} | {row.secretary for row in councils}
    people = sorted(
        await session.exec(select(PersonRow).where(col(PersonRow.id).in_(ids))), key=lambda row: row.id
    )
    ids |= {row.organisation for row in of_accounts} | {row.organisation for row in councils}
    ids |= {row.organisation for row in people if row.organisation}
    spheres = sorted(
        await session.exec(select(SphereRow).where(col(SphereRow.id).in_(ids))), key=lambda row: row.id
    )
    return RegistryExtract(
        organisations=await _organisations(session, ids),
        people=tuple(
            RegisteredName(id=row.id, kk=row.name, post=row.post, of=row.organisation) for row in people
        ),
        accounts=tuple(
            RegisteredName(id=row.id, kk=row.person, post=row.role, of=row.organisation)
            for row in of_accounts
        ),
        councils=tuple(
            RegisteredName(id=row.id, kk=row.name_kk, ru=row.name_ru, en=row.name_en, of=row.organisation)
            for row in councils
        ),
        spheres=tuple(
            RegisteredName(id=row.id, kk=row.name_kk, ru=row.name_ru, en=row.name_en) for row in spheres
        ),
    )


async def _organisations(session: AsyncSession, ids: set[Id]) -> tuple[RegisteredName, ...]:
    """The last names known; what they were on a day is frozen in the report's content."""
    rows = await session.exec(
        select(OrganisationVersionRow)
        .where(col(OrganisationVersionRow.organisation).in_(ids))
        .order_by(col(OrganisationVersionRow.valid_from))
    )
    newest = {row.organisation: row for row in rows}
    return tuple(
        RegisteredName(id=id_, kk=row.name_kk, ru=row.name_ru, en=row.name_en, of=row.superior)
        for id_, row in sorted(newest.items())
    )


def _words(value: object) -> Iterator[str]:
    """Every text and every key inside: ids are among them, and what is no id is in no registry."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _words(getattr(value, name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _words(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _words(key)
            yield from _words(each)
