"""Secret addresses of due dates: whoever has one reads them as the account it was made for, and does nothing.

Only the hash is kept. An account has one address; a new one ends the one before.
"""

import hashlib
import secrets
from datetime import datetime

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import still_there
from activities.registries.local_day import local_day
from api.access.auth import Caller
from api.access.tokens import RANDOM_BYTES
from models.tables.accounts import AccountRow
from models.tables.calendar_feeds import CalendarFeedRow
from models.vocabulary.procedure import Id, Role


def feed_sha256(secret: str) -> str:
    """Of the words of an address, whatever somebody sent for them."""
    return hashlib.sha256(b"feed\n" + secret.encode("utf-8", "surrogateescape")).hexdigest()


async def make(session: AsyncSession, account: Id, now: datetime) -> str:
    """The words of a new address, which cannot be had again."""
    await revoke(session, account, now)
    secret = secrets.token_urlsafe(RANDOM_BYTES)
    session.add(CalendarFeedRow(sha256=feed_sha256(secret), account=account, at=now))
    await session.flush()
    return secret


async def revoke(session: AsyncSession, account: Id, now: datetime) -> None:
    """End the account's address, if it has one."""
    mine = update(CalendarFeedRow).where(
        col(CalendarFeedRow.account) == account, col(CalendarFeedRow.revoked_at).is_(None)
    )
    await session.exec(mine.values(revoked_at=now))


async def made_at(session: AsyncSession, account: Id) -> datetime | None:
    """Since when the account has an address (UTC)."""
    mine = select(CalendarFeedRow.at).where(
        CalendarFeedRow.account == account, col(CalendarFeedRow.revoked_at).is_(None)
    )
    return (await session.exec(mine.order_by(col(CalendarFeedRow.at).desc()).limit(1))).first()


async def caller_of(session: AsyncSession, secret: str, now: datetime) -> Caller | None:
    """Whose dates an address shows: of an account in use, of a body that is still there."""
    found = (
        select(AccountRow)
        .join(CalendarFeedRow, col(CalendarFeedRow.account) == col(AccountRow.id))
        .where(CalendarFeedRow.sha256 == feed_sha256(secret), col(CalendarFeedRow.revoked_at).is_(None))
        .where(col(AccountRow.active), still_there(col(AccountRow.organisation), local_day(now)))
    )
    row = (await session.exec(found)).first()
    if row is None:
        return None
    return Caller(account=row.id, person=row.person, organisation=row.organisation, role=Role(row.role))
