"""What the database tells of the whole installation, read now and again for its figures.

A few short statements, whose cost follows from what happened since, not from all there is.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import CompoundSelect, Select, Text, func, literal, union_all
from sqlalchemy import select as columns
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import Sessions, reads_of
from activities.keepers.recent_letters import RecentLetters
from activities.observing import metrics
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.proofs.sweep import waiting_runs
from models.mail.sorts import Sort
from models.proceeding.disagreement import StoreFault
from models.proceeding.missed import MissedFault
from models.tables.commands import CommandRow
from models.tables.consolidations import ConsolidationRow
from models.tables.disagreements import DisagreementRow
from models.tables.duties import DutyRow
from models.tables.heartbeats import HeartbeatRow
from models.tables.missed import MissedMomentRow
from models.tables.monitorings import MonitoringRow
from models.tables.received_mail import HandledMailRow, ReceivedMailRow
from models.tables.sign_ins import SignInLetterRow
from models.vocabulary.commands import CommandOutcome
from models.vocabulary.letters import LetterStatus
from models.vocabulary.queues import Queue
from models.vocabulary.sign_in import SignInLetterOutcome

EVERY_SECONDS: Final = 15.0
LATE_AFTER: Final = timedelta(minutes=5)
"""So long after its moment a proceeding is late: a busy worker takes some minutes after an outage."""
_PENDING_AT_MOST: Final = timedelta(hours=2)
"""A command that is not settled within an hour has lapsed (`activities/record/settling.py`)."""
_Projection = type[MonitoringRow | DutyRow | ConsolidationRow]
_OPEN: Final[Mapping[str, _Projection]] = {
    "monitoring": MonitoringRow,
    "duty": DutyRow,
    "consolidation": ConsolidationRow,
}
log = Log(__name__)


async def keep_measuring(sessions: Sessions, every_seconds: float = EVERY_SECONDS) -> None:
    """Read until cancelled; a database that is away leaves the figures as they were, and their moment."""
    letters = RecentLetters()
    while True:
        try:
            async with reads_of(sessions)() as session:
                await measure(session, letters, datetime.now(UTC))
        except (SQLAlchemyError, OSError) as fault:
            log.warning(LogCode.NOT_MEASURED, fault=type(fault).__name__)
        await asyncio.sleep(every_seconds)


async def measure(session: AsyncSession, letters: RecentLetters, now: datetime) -> None:
    """All of it, as it is now."""
    await _letters(session, letters, now)
    await _moments(session, now)
    await _stores(session)
    await _commands(session, now)
    await _archive(session, now)
    await _mail(session, now)
    await _workers(session, now)
    metrics.MEASURED_AT.set(now.timestamp())


async def _letters(session: AsyncSession, letters: RecentLetters, now: datetime) -> None:
    found = await letters.look(session, now)
    for status in LetterStatus:
        metrics.LETTERS_RECENT.labels(status.value).set(found.counts[status])
    metrics.LETTERS_DUE.set(found.counts[LetterStatus.DUE])
    metrics.LETTER_OLDEST.set(_age(found.oldest_due, now))


async def _moments(session: AsyncSession, now: datetime) -> None:
    connection = await session.connection()
    rows = (await connection.execute(_late(now))).all()
    found = {kind: (count, earliest) for kind, count, earliest in rows}
    for kind in _OPEN:
        metrics.MOMENTS_LATE.labels(kind).set(found.get(kind, (0, None))[0])
    earliest = min((each for _, each in found.values() if each is not None), default=None)
    metrics.MOMENT_LATEST.set(_age(earliest, now))
    missed = columns(col(MissedMomentRow.fault), func.count()).group_by(col(MissedMomentRow.fault))
    counts = dict((await connection.execute(missed)).all())
    for fault in MissedFault:
        metrics.MISSED_MOMENTS.labels(fault.value).set(counts.get(fault.value, 0))


def _late(now: datetime) -> CompoundSelect[str, int, datetime | None]:
    return union_all(*(_late_of(kind, row, now) for kind, row in _OPEN.items()))


def _late_of(kind: str, row: _Projection, now: datetime) -> Select[str, int, datetime | None]:
    late = columns(literal(kind, Text), func.count(), func.min(col(row.next_due)))
    return late.where(~col(row.ended), col(row.next_due) < now - LATE_AFTER)


async def _stores(session: AsyncSession) -> None:
    listed = columns(col(DisagreementRow.fault), func.count()).group_by(col(DisagreementRow.fault))
    connection = await session.connection()
    counts = dict((await connection.execute(listed)).all())
    for fault in StoreFault:
        metrics.DISAGREEMENTS.labels(fault.value).set(counts.get(fault.value, 0))


async def _commands(session: AsyncSession, now: datetime) -> None:
    pending = columns(func.count(), func.min(col(CommandRow.at))).where(
        col(CommandRow.at) > now - _PENDING_AT_MOST,
        col(CommandRow.outcome) == CommandOutcome.PENDING.value,
    )
    count, oldest = (await (await session.connection()).execute(pending)).one()
    metrics.COMMANDS_PENDING.set(count)
    metrics.COMMAND_OLDEST.set(_age(oldest, now))


async def _archive(session: AsyncSession, now: datetime) -> None:
    waiting = await waiting_runs(session)
    metrics.ARCHIVE_WAITING.set(waiting.count)
    metrics.ARCHIVE_OLDEST.set(_age(waiting.oldest, now))


async def _mail(session: AsyncSession, now: datetime) -> None:
    """What somebody wrote waits for somebody; the rest is shown, and waits for nobody."""
    handled = columns(col(HandledMailRow.mail)).where(col(HandledMailRow.mail) == col(ReceivedMailRow.id))
    waiting = (
        columns(col(ReceivedMailRow.sort), func.count(), func.min(col(ReceivedMailRow.at)))
        .where(~handled.exists())
        .group_by(col(ReceivedMailRow.sort))
    )
    connection = await session.connection()
    found = {sort: (count, oldest) for sort, count, oldest in await connection.execute(waiting)}
    for sort in Sort:
        metrics.MAIL_WAITING.labels(sort.value).set(found.get(sort.value, (0, None))[0])
    written = (found.get(sort.value, (0, None))[1] for sort in Sort if sort.is_a_persons)
    metrics.MAIL_OLDEST.set(_age(min((at for at in written if at is not None), default=None), now))
    letters = columns(func.count()).where(col(SignInLetterRow.outcome) == SignInLetterOutcome.WAITS.value)
    metrics.SIGN_IN_LETTERS_WAITING.set((await connection.execute(letters)).scalar_one())


async def _workers(session: AsyncSession, now: datetime) -> None:
    """A worker that ended long ago has its row still: the last sign of any counts."""
    beats = columns(col(HeartbeatRow.queues), func.max(col(HeartbeatRow.at))).group_by(
        col(HeartbeatRow.queues)
    )
    seen: dict[str, datetime] = {}
    for queues, at in await (await session.connection()).execute(beats):
        for queue in map(str.strip, queues.split(",")):
            seen[queue] = max(seen.get(queue, at), at)
    for queue in Queue:
        last = seen.get(queue.value)
        metrics.WORKER_SEEN.labels(queue.value).set(_age(last, now) if last else float("inf"))


def _age(moment: datetime | None, now: datetime) -> float:
    return max((now - moment).total_seconds(), 0.0) if moment else 0.0
