"""The person an account belongs to."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.tables.accounts import AccountRow
from models.tables.people import PersonRow
from models.vocabulary.procedure import Id


async def holder_of(session: AsyncSession, account: Id) -> PersonRow | None:
    """None where there is no such account."""
    found = select(PersonRow).join(AccountRow, col(AccountRow.person) == col(PersonRow.id))
    return (await session.exec(found.where(AccountRow.id == account))).first()
