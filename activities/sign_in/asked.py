"""Letters that were asked for: written down with the request, taken up one by one, settled once.

Whoever takes one up puts its next try off first. So a worker that dies under way loses nothing, several never
send one at the same time, and nothing is held while the mail server takes its time.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models.tables.sign_ins import SignInLetterRow
from models.vocabulary.procedure import Language
from models.vocabulary.sign_in import LINK_MINUTES, SignInLetterKind, SignInLetterOutcome

PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 30, 60, *[120] * 8, 900))
"""How long a letter that the mail server put off waits; the last one repeats."""
UNDER_WAY: Final = timedelta(seconds=90)
"""Longer than any try lasts: after that whoever took it up is dead."""
_REMEMBERED: Final = timedelta(days=7)
_WANTED: Final = {
    SignInLetterKind.LINK: timedelta(minutes=LINK_MINUTES),
    SignInLetterKind.ADDRESS_CHANGED: timedelta(days=3),
}


def link_asked(address: str, way_on: str, now: datetime) -> SignInLetterRow:
    """The row of a letter with a link, whoever's the address may be; the caller adds it, and commits."""
    kind = SignInLetterKind.LINK.value
    return SignInLetterRow(
        id=uuid4().hex, kind=kind, address=address, way_on=way_on, asked_at=now, next_try_at=now
    )


def change_told(former: str, language: Language, now: datetime) -> SignInLetterRow:
    """The row of a letter to an address that opens somebody's account no longer; likewise."""
    kind = SignInLetterKind.ADDRESS_CHANGED.value
    return SignInLetterRow(
        id=uuid4().hex, kind=kind, address=former, language=language.value, asked_at=now, next_try_at=now
    )


async def take_up(session: AsyncSession, now: datetime) -> SignInLetterRow | None:
    """The letter whose try is due the longest, put off for others while it is under way. Commits."""
    due = (
        select(SignInLetterRow)
        .where(SignInLetterRow.outcome == SignInLetterOutcome.WAITS.value)
        .where(col(SignInLetterRow.next_try_at) <= now)
        .order_by(col(SignInLetterRow.next_try_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = (await session.exec(due)).first()
    if row is not None:
        row.tries += 1
        row.next_try_at = now + UNDER_WAY
    await session.commit()
    return row


def too_late(row: SignInLetterRow, now: datetime) -> bool:
    """Whether whoever asked has asked again by now, or does not wait any more."""
    return now - row.asked_at >= _WANTED[SignInLetterKind(row.kind)]


async def settle(
    session: AsyncSession, row: SignInLetterRow, outcome: SignInLetterOutcome, code: str, now: datetime
) -> None:
    """Say what became of it, and forget the address; what is long over is forgotten whole. Commits."""
    await _write(session, row, {"outcome": outcome.value, "code": code, "address": ""})
    old = (col(SignInLetterRow.asked_at) < now - _REMEMBERED) & (
        col(SignInLetterRow.outcome) != SignInLetterOutcome.WAITS.value
    )
    await session.exec(delete(SignInLetterRow).where(old))
    await session.commit()


async def put_off(session: AsyncSession, row: SignInLetterRow, code: str, now: datetime) -> None:
    """Try again after a pause that grows. Commits."""
    pause = PAUSES[min(row.tries, len(PAUSES)) - 1]
    await _write(session, row, {"next_try_at": now + pause, "code": code})
    await session.commit()


async def _write(session: AsyncSession, row: SignInLetterRow, values: dict[str, object]) -> None:
    """Of a letter that is not settled by anybody else."""
    waits = SignInLetterOutcome.WAITS.value
    this = (col(SignInLetterRow.id) == row.id) & (col(SignInLetterRow.outcome) == waits)
    await session.exec(update(SignInLetterRow).where(this).values(**values))
