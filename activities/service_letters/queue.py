"""Rows of letters that are to be sent: taken up one by one, put off, settled once.

Whoever takes one up puts its next try off first. So a worker that dies under way loses nothing, several never
send one at the same time, and nothing is held while the mail server takes its time.
"""

from datetime import datetime, timedelta
from typing import Final, TypeVar

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import plainly
from models.tables.service_letters import ServiceLetterRow
from models.tables.sign_ins import SignInLetterRow

PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 30, 60, *[120] * 8, 900))
"""How long a letter that the mail server put off waits; the last one repeats."""
UNDER_WAY: Final = timedelta(seconds=90)
"""Longer than any try lasts: after that whoever took it up is dead."""
REMEMBERED: Final = timedelta(days=90)
"""So long it is known what became of a letter."""
WAITS: Final = "waits"
"""The outcome of what is still to be sent, whatever the kind of letter."""

Row = TypeVar("Row", SignInLetterRow, ServiceLetterRow)


async def take_up(session: AsyncSession, of: type[Row], now: datetime) -> Row | None:
    """The letter whose try is due the longest, put off for others while it is under way. Commits.

    One statement by itself: as a rule nothing is due, and that is asked every second.
    """
    due = select(of.id).where(of.outcome == WAITS, col(of.next_try_at) <= now)
    first = due.order_by(col(of.next_try_at)).limit(1).with_for_update(skip_locked=True)
    taken = update(of).where(col(of.id) == first.scalar_subquery())
    under_way = taken.values(tries=col(of.tries) + 1, next_try_at=now + UNDER_WAY).returning(of)
    await plainly(session)
    row: Row | None = (await session.exec(under_way)).scalar_one_or_none()
    await session.commit()
    return row


async def write(session: AsyncSession, row: Row, values: dict[str, object]) -> bool:
    """Of a letter that is not settled by anybody else; whether it was not. The caller commits."""
    of = type(row)
    this = (col(of.id) == row.id) & (col(of.outcome) == WAITS)
    return bool((await session.exec(update(of).where(this).values(**values))).rowcount)


async def put_off(session: AsyncSession, row: Row, code: str, now: datetime) -> None:
    """Try again after a pause that grows. Commits."""
    pause = PAUSES[min(row.tries, len(PAUSES)) - 1]
    await write(session, row, {"next_try_at": now + pause, "code": code})
    await session.commit()


async def forget_settled(session: AsyncSession, now: datetime) -> None:
    """Letters of no proceeding that are long over. The caller commits."""
    old = delete(ServiceLetterRow).where(col(ServiceLetterRow.made_at) < now - REMEMBERED)
    await session.exec(old.where(col(ServiceLetterRow.outcome) != WAITS))
