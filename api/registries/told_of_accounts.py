"""Whom the opening of an account concerns: each is told by letter."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.service_letters.made import letter_made
from models.tables.accounts import AccountRow
from models.tables.grants import GrantRow
from models.vocabulary.procedure import Id, Role
from models.vocabulary.service_letters import ServiceLetterKind


async def tell_of_account(session: AsyncSession, grant: GrantRow, former: Role | None) -> None:
    """Its holder, and where a head is given one beside another head, that one too. Nobody where it is what it
    was, or ends. `former` is the role that it opened until now; the grant is flushed."""
    if not grant.active or grant.role == former:
        return
    assert grant.id is not None, "it is flushed"
    about = str(grant.id)
    session.add(letter_made(ServiceLetterKind.ACCOUNT_OPENED, about, grant.at, (grant.account,)))
    if grant.role == Role.HEAD.value:
        others = await other_heads(session, grant.organisation, grant.person)
        session.add_all(
            letter_made(ServiceLetterKind.HEAD_BESIDE, about, grant.at, (account,)) for account in others
        )
    await session.flush()


async def other_heads(session: AsyncSession, organisation: Id, person: Id) -> list[Id]:
    """Accounts in use of the body's heads who are not this person."""
    found = select(AccountRow.id).where(
        AccountRow.organisation == organisation,
        AccountRow.role == Role.HEAD.value,
        col(AccountRow.active),
        AccountRow.person != person,
    )
    return list(await session.exec(found.order_by(AccountRow.id)))
