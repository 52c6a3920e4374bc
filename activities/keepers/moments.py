"""Did each proceeding do what its next moment brings? Asked of the database, outside Temporal.

A timer can be lost by a server: it is pending, and never fires. Every next moment is on record, so whoever is
late is found there; what Temporal says of it tells why. Nothing is found while nobody works: a worker that is
away is told by its missing sign of life, and what it left undone is done when it comes back.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Select, delete, union_all
from sqlalchemy import select as columns
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode

from activities.database.sessions import Sessions
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from models.proceeding.missed import ClockNotice, MissedFault, MissedMoment
from models.tables.consolidations import ConsolidationRow
from models.tables.duties import DutyRow
from models.tables.missed import MissedMomentRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.base import Model

AT_A_TIME: Final = 200
LOOK_AT_CLOCK: Final = "look_at_clock"
_RECORD: Final = "record"
log = Log(__name__)


class Late(Model):
    """A proceeding whose next moment (UTC) is over."""

    workflow_id: str
    mark: str
    due_at: datetime


class MomentWatch:
    """Keeps the list of missed moments true. `after` is how long a moment may take while workers work."""

    def __init__(self, client: Client, sessions: Sessions, after: timedelta, seconds: float) -> None:
        self._client = client
        self._sessions = sessions
        self._after = after
        self._seconds = seconds
        self._working_since: datetime | None = None
        self._suspects: dict[str, MissedMoment] = {}

    async def keep_watching(self) -> None:
        """Look now and again until cancelled; a store that is away is waited for."""
        while True:
            try:
                await self.look(datetime.now(UTC))
            except (SQLAlchemyError, RPCError, RuntimeError, OSError) as error:
                self._working_since = None  # what was late meanwhile has its time to be caught up
                log.warning(LogCode.MOMENTS_NOT_LOOKED_AT, fault=type(error).__name__)
            await asyncio.sleep(self._seconds)

    async def look(self, now: datetime) -> None:
        """One look. What was missed is listed when it still is at the next one: it may be on its way."""
        since = self._working_since or now
        async with self._sessions() as session:
            late = await late_at(session, now)
            listed = {row.workflow_id for row in await missed_moments(session)}
        over = [each for each in late if now - max(each.due_at, since) >= self._after]
        found = [missed for each in over if (missed := await self._judged(each)) is not None]
        sure = [each for each in found if each.workflow_id in listed or each == self._before(each)]
        self._suspects = {each.workflow_id: each for each in found}
        caught_up = listed - {each.workflow_id for each in late} if len(late) < AT_A_TIME else frozenset()
        await self._write(sure, sorted(caught_up), now)
        self._working_since = since

    def _before(self, found: MissedMoment) -> MissedMoment | None:
        return self._suspects.get(found.workflow_id)

    async def _judged(self, late: Late) -> MissedMoment | None:
        """What is wrong with it; None where it is under way, or waits for a worker."""
        fault = await fault_of(self._client, late.workflow_id)
        if fault is None:
            return None
        return MissedMoment(workflow_id=late.workflow_id, mark=late.mark, fault=fault, due_at=late.due_at)

    async def _write(self, sure: Sequence[MissedMoment], over: Sequence[str], now: datetime) -> None:
        async with self._sessions() as session, session.begin():
            for found in sure:
                await _note(session, found, now)
            if over:
                await session.exec(delete(MissedMomentRow).where(col(MissedMomentRow.workflow_id).in_(over)))
        for workflow_id in over:
            log.info(LogCode.MOMENT_CAUGHT_UP, workflow_id=workflow_id)


async def late_at(session: AsyncSession, moment: datetime) -> list[Late]:
    """Proceedings that go on and whose next moment was before this one, the latest first."""
    every = union_all(
        _late(MonitoringRow, col(MonitoringRow.number), moment),
        _late(DutyRow, col(DutyRow.mark), moment),
        _late(ConsolidationRow, col(ConsolidationRow.mark), moment),
    )
    rows = await (await session.connection()).execute(every.order_by("next_due").limit(AT_A_TIME))
    return [Late(workflow_id=workflow_id, mark=mark, due_at=due) for workflow_id, mark, due in rows if due]


def _late(
    row: type[MonitoringRow | DutyRow | ConsolidationRow], mark: Mapped[str], moment: datetime
) -> Select[str, str, datetime | None]:
    late: Select[str, str, datetime | None] = columns(
        col(row.workflow_id), mark.label("mark"), col(row.next_due)
    )
    return late.where(~col(row.ended), col(row.next_due) < moment)


async def fault_of(client: Client, workflow_id: str) -> MissedFault | None:
    """Why a workflow that is late does nothing; None where it is about to, or nobody works."""
    handle: WorkflowHandle[object, object] = client.get_workflow_handle(workflow_id)
    try:
        described = await handle.describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return MissedFault.GONE
        raise
    if described.status is not WorkflowExecutionStatus.RUNNING:
        return MissedFault.GONE
    return _of_running(described)


def _of_running(described: WorkflowExecutionDescription) -> MissedFault | None:
    raw = described.raw_description
    if raw.HasField("pending_workflow_task"):
        return MissedFault.HALTED if raw.pending_workflow_task.attempt > 1 else None
    recording = any(each.activity_type.name == _RECORD for each in raw.pending_activities)
    return None if recording else MissedFault.SILENT


async def missed_moments(session: AsyncSession) -> list[MissedMomentRow]:
    """The whole list, the longest over first."""
    return list(await session.exec(select(MissedMomentRow).order_by(col(MissedMomentRow.due_at))))


async def look_at_clock(client: Client, workflow_id: str, due_at: datetime) -> None:
    """Have a workflow reckon its next moment anew: what has come happens, else a new timer is set.

    Raises RPCError, NOT_FOUND where no run of it is under way.
    """
    handle: WorkflowHandle[object, object] = client.get_workflow_handle(workflow_id)
    await handle.signal(LOOK_AT_CLOCK, ClockNotice(due_at=due_at))


async def _note(session: AsyncSession, found: MissedMoment, now: datetime) -> None:
    """What is new of it alarms (ids only); what was told already does not at every look."""
    known = await session.get(MissedMomentRow, found.workflow_id)
    if known is None or (known.fault, known.due_at) != (found.fault.value, found.due_at):
        of_it, fault, due = found.workflow_id, found.fault.value, found.due_at.isoformat()
        log.error(LogCode.MOMENT_MISSED, workflow_id=of_it, fault=fault, due=due)
    seen = {"fault": found.fault.value, "due_at": found.due_at, "seen_at": now}
    given = {"workflow_id": found.workflow_id, "mark": found.mark, "noticed_at": now, **seen}
    statement = insert(MissedMomentRow).values(given)
    await session.exec(statement.on_conflict_do_update(index_elements=["workflow_id"], set_=seen))
