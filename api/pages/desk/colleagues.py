"""The accounts of one body, by the names of their people."""

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.register.choices import Choice
from locales.terms import term
from models.tables.accounts import AccountRow
from models.tables.people import PersonRow
from models.vocabulary.procedure import Id, Language, Role
from models.words.order import by_name


async def colleagues(
    session: AsyncSession, language: Language, organisation: Id, roles: Collection[Role]
) -> tuple[Choice, ...]:
    """Those in use in these roles, each by its name and role, to choose from."""
    found = await session.exec(
        select(AccountRow.id, AccountRow.role, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(AccountRow.person))
        .where(AccountRow.organisation == organisation, col(AccountRow.active))
        .where(col(AccountRow.role).in_([role.value for role in roles]))
    )
    names = {known: f"{name} ({term(language, Role(role))})" for known, role, name in found}
    return tuple(Choice(value=known, name=name) for known, name in by_name(names, language))
