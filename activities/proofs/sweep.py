"""The sweep: finds closed runs that are not in the archive, and has each of them archived."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import Client, WorkflowExecution
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError

from activities.database.among import rows_among
from activities.database.sessions import Sessions
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.proofs.bundle.histories import STATUS
from models.proof.archive import ArchiveOrder, WaitingRuns, archive_workflow_id, is_product
from models.tables.archive import ArchivedRunRow
from models.vocabulary.queues import Queue

log = Log(__name__)
ARCHIVER: Final = "ArchiveWorkflow"
_BATCH: Final = 500
_OVERLAP: Final = timedelta(hours=1)
_WHOLE_EVERY: Final = timedelta(days=1)
"""Between whole sweeps only what closed lately is listed; lists may lag behind by less than the overlap."""


class Sweep:
    """`types` are the workflows of the product whose histories are kept: all but the archiver itself."""

    def __init__(self, sessions: Sessions, client: Client, types: Sequence[str], seconds: float) -> None:
        self._sessions = sessions
        self._client = client
        self._types = tuple(name for name in types if name != ARCHIVER)
        self._seconds = seconds
        self._whole_at: datetime | None = None
        self._last_at: datetime | None = None

    async def keep_sweeping(self) -> None:
        """Sweep now and again until cancelled; a database or a server that is away is waited for."""
        while True:
            try:
                await self.sweep(datetime.now(UTC))
            except (SQLAlchemyError, RPCError, RuntimeError, OSError) as error:
                log.warning(LogCode.ARCHIVE_LATE, fault=type(error).__name__)
            await asyncio.sleep(self._seconds)

    async def sweep(self, now: datetime) -> int:
        """Start archiving what closed and is not archived; returns how many runs that were."""
        whole = self._whole_at is None or now - self._whole_at > _WHOLE_EVERY
        query = self._query(None if whole else self._last_at)
        started = 0
        batch: list[WorkflowExecution] = []
        async for run in self._client.list_workflows(query, page_size=_BATCH):
            if is_product(run.id):
                batch.append(run)
            if len(batch) == _BATCH:
                started += await self._archive(batch, now)
                batch = []
        started += await self._archive(batch, now)
        self._last_at = now
        if whole:
            self._whole_at = now
        return started

    def _query(self, since: datetime | None) -> str:
        names = ", ".join(f"'{name}'" for name in self._types)
        query = f'ExecutionStatus != "Running" AND WorkflowType IN ({names})'
        if since is not None:
            query += f' AND CloseTime > "{(since - _OVERLAP).isoformat()}"'
        return query

    async def _archive(self, runs: list[WorkflowExecution], now: datetime) -> int:
        async with self._sessions() as session, session.begin():
            done = await _archived(session, runs)
            missing = [run for run in runs if (run.id, run.run_id) not in done]
            for run in missing:
                await _notice(session, run, now)
        for run in missing:
            await self._start(ArchiveOrder(workflow_id=run.id, run_id=run.run_id))
        return len(missing)

    async def _start(self, order: ArchiveOrder) -> None:
        """One archiving at a time. A finished one may run again: an older copy of the database."""
        await self._client.start_workflow(
            ARCHIVER,
            order,
            id=archive_workflow_id(order),
            task_queue=Queue.PROCEDURE.value,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            static_summary=order.workflow_id,
        )


async def waiting_runs(session: AsyncSession) -> WaitingRuns:
    """What closed, was noticed, and is not in the archive."""
    count, oldest = (
        await session.exec(
            select(func.count(), func.min(ArchivedRunRow.closed_at)).where(
                col(ArchivedRunRow.archived_at).is_(None)
            )
        )
    ).one()
    return WaitingRuns(count=count, oldest=oldest)


async def _archived(session: AsyncSession, runs: list[WorkflowExecution]) -> set[tuple[str, str]]:
    archived = select(ArchivedRunRow.workflow_id, ArchivedRunRow.run_id).where(
        col(ArchivedRunRow.archived_at).is_not(None)
    )
    return set(await rows_among(session, archived, col(ArchivedRunRow.run_id), (run.run_id for run in runs)))


async def _notice(session: AsyncSession, run: WorkflowExecution, now: datetime) -> None:
    """From now on it is known to wait, whatever becomes of the archiving."""
    row = {
        "workflow_id": run.id,
        "run_id": run.run_id,
        "workflow_type": run.workflow_type,
        "status": STATUS[run.raw_info.status].value,
        "first_event_at": run.start_time,
        "closed_at": run.close_time or now,
        "noticed_at": now,
        "code_version": "",
        "code_fingerprint": "",
        "edition": "",
        "calendar": "",
        "events": 0,
        "sha256": "",
        "size": 0,
    }
    await session.exec(insert(ArchivedRunRow).values(row).on_conflict_do_nothing())
