"""The kinds of journals: how each is folded, and where its projection is kept."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.projection import project
from activities.projection_consolidations import project_consolidation
from activities.projection_duties import project_duty
from models.chain import BEGINNING
from models.consolidation_state import ConsolidationState
from models.duty_state import DutyState
from models.events import Entry
from models.fold import fold
from models.fold.consolidation import fold_consolidation
from models.fold.duties import fold_duty
from models.proceeding import Proceeding
from models.state import MonitoringState
from models.tables import DutyRow, MonitoringRow
from models.tables_consolidation import ConsolidationRow


@dataclass(frozen=True)
class Known:
    """What is recorded of a workflow: the last line, the head of its chain, the folded state."""

    seq: int = 0
    head_hash: str = BEGINNING
    state: Proceeding | None = None


Find = Callable[[AsyncSession, str], Awaitable[MonitoringRow | DutyRow | ConsolidationRow | None]]
Keep = Callable[[AsyncSession, Proceeding, str, datetime], Awaitable[None]]


@dataclass(frozen=True)
class Chronicle:
    """One kind of journal."""

    find: Find
    state: type[Proceeding]
    fold: Callable[[tuple[Entry, ...], Proceeding | None], Proceeding]
    keep: Keep

    async def known(self, session: AsyncSession, workflow_id: str) -> Known:
        row = await self.find(session, workflow_id)
        if row is None:
            return Known()
        return Known(seq=row.seq, head_hash=row.head_hash, state=self.state.model_validate(row.state))


def chronicle_of(workflow_id: str) -> Chronicle:
    """By the first word of the workflow's id."""
    return _CHRONICLES[workflow_id.partition("/")[0]]


def _fold_monitoring(entries: tuple[Entry, ...], state: Proceeding | None) -> Proceeding:
    assert state is None or isinstance(state, MonitoringState)
    after = fold(entries, state)
    assert after is not None
    return after


def _fold_duty(entries: tuple[Entry, ...], state: Proceeding | None) -> Proceeding:
    assert state is None or isinstance(state, DutyState)
    after = fold_duty(entries, state)
    assert after is not None
    return after


def _fold_consolidation(entries: tuple[Entry, ...], state: Proceeding | None) -> Proceeding:
    assert state is None or isinstance(state, ConsolidationState)
    after = fold_consolidation(entries, state)
    assert after is not None
    return after


async def _find_monitoring(session: AsyncSession, workflow_id: str) -> MonitoringRow | None:
    rows = select(MonitoringRow).where(col(MonitoringRow.workflow_id) == workflow_id)
    return (await session.exec(rows)).first()


async def _find_duty(session: AsyncSession, workflow_id: str) -> DutyRow | None:
    return await session.get(DutyRow, workflow_id)


async def _find_consolidation(session: AsyncSession, workflow_id: str) -> ConsolidationRow | None:
    return await session.get(ConsolidationRow, workflow_id)


async def _keep_monitoring(session: AsyncSession, state: Proceeding, head: str, at: datetime) -> None:
    assert isinstance(state, MonitoringState)
    await project(session, state, state.workflow_id, head, at)


async def _keep_duty(session: AsyncSession, state: Proceeding, head: str, at: datetime) -> None:
    assert isinstance(state, DutyState)
    await project_duty(session, state, head, at)


async def _keep_consolidation(session: AsyncSession, state: Proceeding, head: str, at: datetime) -> None:
    assert isinstance(state, ConsolidationState)
    await project_consolidation(session, state, head, at)


_CHRONICLES = {
    "monitoring": Chronicle(_find_monitoring, MonitoringState, _fold_monitoring, _keep_monitoring),
    "duty": Chronicle(_find_duty, DutyState, _fold_duty, _keep_duty),
    "consolidation": Chronicle(
        _find_consolidation, ConsolidationState, _fold_consolidation, _keep_consolidation
    ),
}
