"""The kinds of journals: where the projection of each is kept."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.record.consolidations import project_consolidation
from activities.record.duties import project_duty
from activities.record.monitorings import project
from models.consolidation.state import ConsolidationState
from models.duty.state import DutyState
from models.events import Entry
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding
from models.proof.chain import BEGINNING
from models.proof.journals import JOURNALS, JournalKind
from models.tables.consolidations import ConsolidationRow
from models.tables.duties import DutyRow
from models.tables.monitorings import MonitoringRow


@dataclass(frozen=True)
class Known:
    """What is recorded of a workflow: the last line, the head of its chain, the folded state."""

    seq: int = 0
    head_hash: str = BEGINNING
    state: Proceeding | None = None


Find = Callable[[AsyncSession, str], Awaitable[MonitoringRow | DutyRow | ConsolidationRow | None]]
Keep = Callable[[AsyncSession, Known, Proceeding, str, datetime], Awaitable[None]]
"""What was known, the state that follows from it, the head of its chain, the last entry's instant (UTC)."""


@dataclass(frozen=True)
class Chronicle:
    """One kind of journal, and its table."""

    journal: JournalKind
    find: Find
    keep: Keep

    async def known(self, session: AsyncSession, workflow_id: str) -> Known:
        row = await self.find(session, workflow_id)
        if row is None:
            return Known()
        state = self.journal.state.model_validate(row.state)
        return Known(seq=row.seq, head_hash=row.head_hash, state=state)

    def fold(self, entries: tuple[Entry, ...], state: Proceeding | None) -> Proceeding:
        """The state after some entries, of which there is at least one."""
        after = self.journal.fold(entries, state)
        assert after is not None
        return after


def chronicle_of(workflow_id: str) -> Chronicle:
    """By the first word of the workflow's id."""
    return _CHRONICLES[workflow_id.partition("/")[0]]


async def _find_monitoring(session: AsyncSession, workflow_id: str) -> MonitoringRow | None:
    rows = select(MonitoringRow).where(col(MonitoringRow.workflow_id) == workflow_id)
    return (await session.exec(rows)).first()


async def _find_duty(session: AsyncSession, workflow_id: str) -> DutyRow | None:
    return await session.get(DutyRow, workflow_id)


async def _find_consolidation(session: AsyncSession, workflow_id: str) -> ConsolidationRow | None:
    return await session.get(ConsolidationRow, workflow_id)


async def _keep_monitoring(
    session: AsyncSession, known: Known, state: Proceeding, head: str, at: datetime
) -> None:
    former = known.state
    assert former is None or isinstance(former, MonitoringState)
    assert isinstance(state, MonitoringState)
    await project(session, former, state, head, at)


async def _keep_duty(session: AsyncSession, known: Known, state: Proceeding, head: str, at: datetime) -> None:
    assert isinstance(state, DutyState)
    await project_duty(session, state, head, at)


async def _keep_consolidation(
    session: AsyncSession, known: Known, state: Proceeding, head: str, at: datetime
) -> None:
    assert isinstance(state, ConsolidationState)
    await project_consolidation(session, state, head, at)


_CHRONICLES = {
    "monitoring": Chronicle(JOURNALS["monitoring"], _find_monitoring, _keep_monitoring),
    "duty": Chronicle(JOURNALS["duty"], _find_duty, _keep_duty),
    "consolidation": Chronicle(JOURNALS["consolidation"], _find_consolidation, _keep_consolidation),
}
