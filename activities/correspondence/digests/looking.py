"""Whose hour has come: what waits for somebody becomes one letter, in working hours."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import Sessions
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.registries.calendars import current_calendar
from activities.registries.not_ready import RegistryNotReady
from activities.service_letters.made import letter_made
from models.tables.letter_preferences import GatheredLetterRow
from models.vocabulary.procedure import Id
from models.vocabulary.service_letters import ServiceLetterKind

LOOK_EVERY_SECONDS: Final = 30.0
_REMEMBERED: Final = timedelta(days=30)
"""Longer than any letter is tried: what is older was taken back meanwhile."""
log = Log(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


async def keep_digests(
    sessions: Sessions, every_seconds: float = LOOK_EVERY_SECONDS, clock: Callable[[], datetime] = _utc_now
) -> None:
    """Look until cancelled."""
    while True:
        try:
            await gather_due(sessions, clock())
        except (SQLAlchemyError, RegistryNotReady):
            log.warning(LogCode.DIGESTS_LATE)
        await asyncio.sleep(every_seconds)


async def gather_due(sessions: Sessions, now: datetime) -> None:
    """One letter for each account whose hour has come, whatever waits for it by then."""
    async with sessions.begin() as session:
        await session.exec(delete(GatheredLetterRow).where(col(GatheredLetterRow.due_at) < now - _REMEMBERED))
        if (await current_calendar(session)).working_moment_from(now) != now:
            return
        due = select(GatheredLetterRow.account).where(*_free(), col(GatheredLetterRow.due_at) <= now)
        accounts = sorted(set(await session.exec(due)))
    for account in accounts:
        async with sessions.begin() as session:
            await _gathered(session, account, now)


async def _gathered(session: AsyncSession, account: Id, now: datetime) -> None:
    waiting = select(GatheredLetterRow).where(*_free(), GatheredLetterRow.account == account)
    ordered = waiting.order_by(col(GatheredLetterRow.number), col(GatheredLetterRow.letter))
    rows = (await session.exec(ordered.with_for_update(skip_locked=True))).all()
    if not rows:
        return
    letter = letter_made(ServiceLetterKind.NEWS_DIGEST, account, now)
    session.add(letter)
    for row in rows:
        row.digest = letter.id
        session.add(row)


def _free() -> tuple[ColumnElement[bool], ...]:
    return col(GatheredLetterRow.digest).is_(None), ~col(GatheredLetterRow.alone)
