"""The kinds of journals: where the projection of each is kept."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import bindparam, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from activities.record.consolidations import project_consolidation
from activities.record.duties import project_duty
from activities.record.monitorings import project
from activities.record.received_reports import project_inbox
from models.consolidation.state import ConsolidationState
from models.duty.state import DutyState
from models.events import Entry
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding
from models.proof.chain import BEGINNING
from models.proof.journals import JOURNALS, JournalKind
from models.tables.columns import Json
from models.tables.consolidations import ConsolidationRow
from models.tables.duties import DutyRow
from models.tables.monitorings import MonitoringRow


@dataclass(frozen=True)
class Known:
    """What is recorded of a workflow: the last line, the head of its chain, the folded state."""

    seq: int = 0
    head_hash: str = BEGINNING
    state: Proceeding | None = None


Last = Select[int, str, Json]
Keep = Callable[[AsyncSession, Known, Proceeding, str, tuple[Entry, ...]], Awaitable[None]]
"""What was known, the state that follows from it, the head of its chain, and the entries between the two."""


@dataclass(frozen=True)
class Chronicle:
    """One kind of journal, and its table."""

    journal: JournalKind
    last: Last
    keep: Keep

    async def known(self, session: AsyncSession, workflow_id: str) -> Known:
        """What is on record."""
        return await self._read(session, self.last, workflow_id) or Known()

    async def held(self, session: AsyncSession, workflow_id: str) -> Known:
        """What is on record, for the one who adds to it: alone until the transaction ends, also against an
        attempt that was given up and runs still. Where there is no row yet, a lock stands in its place."""
        for_writing = self.last.with_for_update(key_share=True)
        known = await self._read(session, for_writing, workflow_id)
        if known is None:
            await session.exec(select(func.pg_advisory_xact_lock(func.hashtextextended(workflow_id, 0))))
            known = await self._read(session, for_writing, workflow_id)
        return known or Known()

    async def _read(self, session: AsyncSession, last: Last, workflow_id: str) -> Known | None:
        row = (await session.exec(last, params={"workflow_id": workflow_id})).first()
        if row is None:
            return None
        seq, head_hash, state = row
        return Known(seq=seq, head_hash=head_hash, state=self.journal.state.model_validate(state))

    def fold(self, entries: tuple[Entry, ...], state: Proceeding | None) -> Proceeding:
        """The state after some entries, of which there is at least one."""
        after = self.journal.fold(entries, state)
        assert after is not None
        return after


def chronicle_of(workflow_id: str) -> Chronicle:
    """By the first word of the workflow's id."""
    return _CHRONICLES[workflow_id.partition("/")[0]]


def _last(table: type[MonitoringRow | DutyRow | ConsolidationRow]) -> Last:
    """How far a workflow is recorded."""
    columns = select(col(table.seq), col(table.head_hash), col(table.state))
    return columns.where(col(table.workflow_id) == bindparam("workflow_id"))


async def _keep_monitoring(
    session: AsyncSession, known: Known, state: Proceeding, head: str, fresh: tuple[Entry, ...]
) -> None:
    former = known.state
    assert former is None or isinstance(former, MonitoringState)
    assert isinstance(state, MonitoringState)
    await project(session, former, state, head, fresh[-1].at)


async def _keep_duty(
    session: AsyncSession, known: Known, state: Proceeding, head: str, fresh: tuple[Entry, ...]
) -> None:
    assert isinstance(state, DutyState)
    await project_duty(session, state, head, fresh[-1].at)


async def _keep_consolidation(
    session: AsyncSession, known: Known, state: Proceeding, head: str, fresh: tuple[Entry, ...]
) -> None:
    former = known.state
    assert former is None or isinstance(former, ConsolidationState)
    assert isinstance(state, ConsolidationState)
    await project_consolidation(session, state, head, fresh[-1].at)
    await project_inbox(session, former, state.workflow_id, fresh)


_CHRONICLES = {
    "monitoring": Chronicle(JOURNALS["monitoring"], _last(MonitoringRow), _keep_monitoring),
    "duty": Chronicle(JOURNALS["duty"], _last(DutyRow), _keep_duty),
    "consolidation": Chronicle(JOURNALS["consolidation"], _last(ConsolidationRow), _keep_consolidation),
}
