"""Whose token is about to expire is told in time: a program that stops at night is a bad messenger."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import Sessions
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.registries.calendars import current_calendar
from activities.registries.local_day import local_day
from activities.registries.not_ready import RegistryNotReady
from activities.sign_in.asked import token_expires
from models.calendar.working import WorkingCalendar
from models.tables.accounts import AccountRow
from models.tables.people import PersonRow
from models.tables.tokens import TokenRow
from models.vocabulary.procedure import Language

WORKING_DAYS_BEFORE: Final = 5
LOOK_EVERY_SECONDS: Final = 600.0
log = Log(__name__)


async def keep_telling_of_tokens(sessions: Sessions, every_seconds: float = LOOK_EVERY_SECONDS) -> None:
    """Look until cancelled."""
    while True:
        try:
            async with sessions.begin() as session:
                await tell_of_tokens(session, datetime.now(UTC))
        except (SQLAlchemyError, RegistryNotReady, OSError) as fault:
            log.warning(LogCode.TOKENS_LATE, fault=type(fault).__name__)
        await asyncio.sleep(every_seconds)


async def tell_of_tokens(session: AsyncSession, now: datetime) -> int:
    """Ask for a letter about each token whose last days have come, once; how many. The caller commits."""
    calendar = await current_calendar(session)
    last = calendar.add_working_days(local_day(now), WORKING_DAYS_BEFORE)
    expiring = (
        select(TokenRow)
        .where(col(TokenRow.told_at).is_(None), col(TokenRow.revoked_at).is_(None))
        .where(col(TokenRow.expires_at) > now, col(TokenRow.expires_at) < _end_of(calendar, last))
        .with_for_update(skip_locked=True)
    )
    told = 0
    for row in (await session.exec(expiring)).all():
        row.told_at = now
        session.add(row)
        told += await _tell(session, row, now)
    return told


async def _tell(session: AsyncSession, row: TokenRow, now: datetime) -> bool:
    account = await session.get(AccountRow, row.account)
    person = await session.get(PersonRow, account.person) if account and account.active else None
    if person is None or not person.email:
        return False
    last_day = local_day(row.expires_at)
    session.add(token_expires(person.email, Language(person.language), row.label, last_day, now))
    return True


def _end_of(calendar: WorkingCalendar, day: date) -> datetime:
    return calendar.instant(day + timedelta(days=1), time.min)
