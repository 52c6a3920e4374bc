"""How often something may be done, by all processes together: where the brake of one process would not do."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.services.limits import TooMany
from models.tables.asked_of_late import AskedOfLateRow

WINDOW: Final = timedelta(minutes=15)
DAY: Final = timedelta(days=1)
SIGN_IN_LETTERS_TO: Final = 4
SIGN_IN_LETTERS_FROM: Final = 40
"""Sign-in links asked for one mailbox, and from one network, where a whole office may be."""
ALERTS_TO: Final = 3
ALERTS_FROM: Final = 20
"""Alerts asked for one address, and from one network, in a day: the address may be somebody else's."""


async def no_more_than(
    limit: int, session: AsyncSession, whose: str, now: datetime, window: timedelta = WINDOW
) -> None:
    """Count one more of `whose` in a while, a day at most. Raises TooMany where `limit` is reached.

    `whose` begins with its kind (`address/…`). Some that ask at the same moment may all pass. What is
    counted is written with what the session writes.
    """
    key = sha256(whose.encode()).hexdigest()
    lately = select(func.count(), func.min(AskedOfLateRow.at)).where(
        AskedOfLateRow.whose_sha256 == key, col(AskedOfLateRow.at) > now - window
    )
    count, first = (await session.exec(lately)).one()
    if count >= limit:
        raise TooMany(int((first + window - now).total_seconds()) + 1)
    await session.exec(delete(AskedOfLateRow).where(col(AskedOfLateRow.at) <= now - DAY))
    session.add(AskedOfLateRow(whose_sha256=key, at=now))
