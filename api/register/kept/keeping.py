"""The keeper of scheduled files: looks which moments have come, and makes each file once.

It stands beside the API, which has the words and tables of registers; any number look, one makes.
"""

import asyncio
import hashlib
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, delete, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.registries.calendars import current_calendar
from activities.registries.not_ready import RegistryNotReady
from api.access.auth import Caller, account_in_force
from api.problems.away import AWAY
from api.register.kept.composing import Composed, NotPermitted, Wanted, composed
from api.services.services import Services
from models.calendar.rhythm import last_moment
from models.calendar.working import WorkingCalendar
from models.tables.file_schedules import FileMakingRow, FileScheduleRow
from models.tables.reads import ReadRow
from models.vocabulary.access import OVERSEEING
from models.vocabulary.file_schedules import (
    LOG_KEPT,
    FileFormat,
    FileOutcome,
    Rhythm,
    ScheduledRegister,
)
from models.vocabulary.procedure import Language

LOOK_EVERY_SECONDS: Final = 60.0
LEASE: Final = timedelta(minutes=15)
"""A process that began to make a file and ended leaves it to another after so long."""
READ_AS: Final = {
    ScheduledRegister.CONSOLIDATED: "read_consolidated_register",
    ScheduledRegister.DUTIES: "list_duties",
    ScheduledRegister.PUBLISHED: "list_published",
}
"""What an auditor reads by it, as it is written down of the API."""
log = Log(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


class FileKeeper:
    """`keep()` for ever, `look(now)` once."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def keep(self, clock: Callable[[], datetime] = utc_now) -> None:
        """Look every minute, until cancelled; the first time after one."""
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            try:
                await self.look(clock())
            except (*AWAY, SQLAlchemyError, TimeoutError, RegistryNotReady) as fault:
                log.warning(LogCode.SCHEDULED_FILES_LATE, fault=type(fault).__name__)

    async def look(self, now: datetime) -> int:
        """Make what is due; how many were dealt with."""
        async with self._services.sessions() as session:
            calendar = await current_calendar(session)
            rows = (await session.exec(select(FileScheduleRow).where(col(FileScheduleRow.active)))).all()
            session.expunge_all()
        due = [(row, planned_for(row, now, calendar)) for row in rows]
        return sum([await self._dealt_with(row, at, now) for row, at in due if at > row.through])

    async def _dealt_with(self, row: FileScheduleRow, planned: datetime, now: datetime) -> bool:
        """False where another process has it, or where it is to be tried again."""
        if not await self._claimed(row, now):
            return False
        try:
            making, reader = await self._made(row, planned, now)
        except (*AWAY, TimeoutError) as fault:  # tried again when the lease is over
            log.warning(LogCode.SCHEDULED_FILES_LATE, fault=type(fault).__name__)
            return False
        async with self._services.sessions() as session, session.begin():
            if reader is not None and reader.role in OVERSEEING:
                session.add(_read(row, reader, now))
            session.add(making)
            await session.flush()
            await session.exec(
                update(FileScheduleRow)
                .where(
                    col(FileScheduleRow.id) == row.id,
                    col(FileScheduleRow.changed_at) == row.changed_at,
                )
                .values(through=planned, claimed_until=None)
            )
            await _forget(session, row, now)
        log.info(LogCode.SCHEDULED_FILE, reason=row.id, outcome=making.outcome)
        return True

    async def _claimed(self, row: FileScheduleRow, now: datetime) -> bool:
        free = or_(col(FileScheduleRow.claimed_until).is_(None), col(FileScheduleRow.claimed_until) < now)
        claim = (
            update(FileScheduleRow)
            .where(
                col(FileScheduleRow.id) == row.id,
                col(FileScheduleRow.through) == row.through,
                col(FileScheduleRow.changed_at) == row.changed_at,
                free,
            )
            .values(claimed_until=now + LEASE)
            .returning(col(FileScheduleRow.id))
        )
        async with self._services.sessions() as session, session.begin():
            return (await session.exec(claim)).first() is not None

    async def _made(
        self, row: FileScheduleRow, planned: datetime, now: datetime
    ) -> tuple[FileMakingRow, Caller | None]:
        """What came of it, and by whose eyes it was read, if it was."""
        line = FileMakingRow(
            schedule=row.id,
            made_for=row.reads_as,
            planned_for=planned,
            at=now,
            outcome=FileOutcome.FAILED.value,
        )
        async with self._services.sessions() as session:
            reader = await account_in_force(session, now, row.reads_as)
            if reader is None:
                line.outcome = FileOutcome.NOT_PERMITTED.value
                return line, None
            wanted = Wanted(
                ScheduledRegister(row.subject),
                FileFormat(row.format),
                Language(row.language),
                reader,
                now,
                self._services.settings.public_url,
            )
            try:
                found = await composed(session, wanted)
            except NotPermitted:
                line.outcome = FileOutcome.NOT_PERMITTED.value
                return line, None
            except (*AWAY, TimeoutError):
                raise
            except Exception as fault:  # told in the log of the schedule, which goes on
                log.error(LogCode.SCHEDULED_FILE_FAILED, reason=row.id, fault=type(fault).__name__)
                return line, reader
            with closing(found.made.file):
                await _fill(session, line, found)
        return line, reader


async def _fill(session: AsyncSession, line: FileMakingRow, found: Composed) -> None:
    """The file, unless the one before has the same in it."""
    line.told_apart_by = found.told_apart_by
    kept = col(FileMakingRow.outcome) == FileOutcome.KEPT.value
    before = select(FileMakingRow.told_apart_by).where(
        FileMakingRow.schedule == line.schedule, FileMakingRow.made_for == line.made_for, kept
    )
    newest = (await session.exec(before.order_by(col(FileMakingRow.id).desc()).limit(1))).first()
    if newest == found.told_apart_by:
        line.outcome = FileOutcome.UNCHANGED.value
        return
    found.made.file.seek(0)
    body = found.made.file.read()
    line.outcome, line.content, line.size = FileOutcome.KEPT.value, body, len(body)
    line.sha256 = hashlib.sha256(body).hexdigest()
    line.name, line.media_type = found.made.name, found.made.media_type


async def _forget(session: AsyncSession, row: FileScheduleRow, now: datetime) -> None:
    """Files in whose place newer ones have come, and lines of the log that are old."""
    of_it = col(FileMakingRow.schedule) == row.id
    there = select(FileMakingRow.id).where(of_it, col(FileMakingRow.content).is_not(None))
    older = there.order_by(col(FileMakingRow.id).desc()).offset(row.keep)
    await session.exec(update(FileMakingRow).where(col(FileMakingRow.id).in_(older)).values(content=None))
    old = (of_it, col(FileMakingRow.at) < now - LOG_KEPT, col(FileMakingRow.content).is_(None))
    await session.exec(delete(FileMakingRow).where(*old))


def planned_for(row: FileScheduleRow, now: datetime, calendar: WorkingCalendar) -> datetime:
    """The last moment that has come; after an outage of any length it is one."""
    return last_moment(Rhythm(row.rhythm), row.hour, now, calendar)


def _read(row: FileScheduleRow, reader: Caller, now: datetime) -> ReadRow:
    return ReadRow(
        account=reader.account,
        organisation=reader.organisation,
        number=None,
        what=READ_AS[ScheduledRegister(row.subject)],
        filters={"schedule": row.id},
        at=now,
    )
