"""Whose accounts an e-mail address opens: those in force on the local day of the people who have it."""

import hashlib
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import still_there
from models.tables.accounts import AccountRow
from models.tables.people import PersonRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language, Role, Sha256


class AccountAt(Model):
    """An account in force, and what its person is written by."""

    account: Id
    organisation: Id
    role: Role
    name: str
    address: str
    language: Language


async def accounts_at(session: AsyncSession, address: str, day: date) -> tuple[AccountAt, ...]:
    """Every account that may be entered by this address, by id; capital letters make no other address."""
    return await _in_force(session, func.lower(col(PersonRow.email)) == address.lower(), day)


async def accounts_still_at(
    session: AsyncSession, accounts: Iterable[Id], address: Sha256, day: date
) -> tuple[AccountAt, ...]:
    """Those of these accounts that are in force and whose person still has the address of this hash."""
    found = await _in_force(session, col(AccountRow.id).in_(set(accounts)), day)
    return tuple(each for each in found if address_sha256(each.address) == address)


def address_sha256(address: str) -> Sha256:
    """An address as it is remembered where it is not needed itself."""
    return hashlib.sha256(address.lower().encode()).hexdigest()


async def _in_force(session: AsyncSession, which: ColumnElement[bool], day: date) -> tuple[AccountAt, ...]:
    found = (
        select(AccountRow, PersonRow)
        .join(PersonRow, col(PersonRow.id) == col(AccountRow.person))
        .where(which, col(AccountRow.active), still_there(AccountRow.organisation, day))
        .order_by(col(AccountRow.id))
    )
    return tuple(
        AccountAt(
            account=account.id,
            organisation=account.organisation,
            role=Role(account.role),
            name=person.name,
            address=person.email,
            language=Language(person.language),
        )
        for account, person in await session.exec(found)
    )
