"""The kinds of journals: where the projection of each is kept."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import Table, bindparam, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from activities.database.rows import table_of
from activities.record.consolidations import project_consolidation
from activities.record.duties import project_duty
from activities.record.monitorings import project
from activities.record.remembered import Known, Remembered
from activities.record.rows import Projection
from models.consolidation.state import ConsolidationState
from models.duty.state import DutyState
from models.events import Entry
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding
from models.proof.journals import JOURNALS, JournalKind
from models.tables.columns import Json
from models.tables.consolidations import ConsolidationRow
from models.tables.duties import DutyRow
from models.tables.monitorings import MonitoringRow

Head = Select[int, str]
Last = Select[int, str, Json]
Project = Callable[[AsyncSession, Known, Proceeding, str, tuple[Entry, ...]], Awaitable[Projection]]
"""What was known, the state that follows from it, the head of its chain, and the entries between the two."""


@dataclass(frozen=True)
class Chronicle:
    """One kind of journal, and its table."""

    journal: JournalKind
    head: Head
    last: Last
    project: Project
    table: Table

    async def known(self, session: AsyncSession, workflow_id: str) -> Known:
        """What is on record."""
        return await self._read(session, self.last, workflow_id) or Known()

    async def held(self, session: AsyncSession, workflow_id: str, remembered: Remembered) -> Known:
        """What is on record, for the one who adds to it: alone until the transaction ends, also against an
        attempt that was given up and runs still. Where there is no row yet, a lock stands in its place."""
        if workflow_id in remembered:
            known = await self._as_remembered(session, workflow_id, remembered)
            if known is not None:
                return known
        for_writing = self.last.with_for_update(key_share=True)
        known = await self._read(session, for_writing, workflow_id)
        if known is None:
            await session.exec(select(func.pg_advisory_xact_lock(func.hashtextextended(workflow_id, 0))))
            known = await self._read(session, for_writing, workflow_id)
        return known or Known()

    async def _as_remembered(
        self, session: AsyncSession, workflow_id: str, remembered: Remembered
    ) -> Known | None:
        held = self.head.with_for_update(key_share=True)
        row = (await session.exec(held, params={"workflow_id": workflow_id})).first()
        return remembered.at(workflow_id, *row) if row else None

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


def _on_record(table: type[MonitoringRow | DutyRow | ConsolidationRow]) -> tuple[Head, Last]:
    """How far a workflow is recorded; and the same with the state it folds to."""
    mine = col(table.workflow_id) == bindparam("workflow_id")
    seq, head_hash = col(table.seq), col(table.head_hash)
    return select(seq, head_hash).where(mine), select(seq, head_hash, col(table.state)).where(mine)


async def _of_monitoring(
    session: AsyncSession, known: Known, state: Proceeding, head: str, fresh: tuple[Entry, ...]
) -> Projection:
    former = known.state
    assert former is None or isinstance(former, MonitoringState)
    assert isinstance(state, MonitoringState)
    return await project(session, former, state, head, fresh[-1].at)


async def _of_duty(
    session: AsyncSession, known: Known, state: Proceeding, head: str, fresh: tuple[Entry, ...]
) -> Projection:
    assert isinstance(state, DutyState)
    return project_duty(state, head, fresh[-1].at)


async def _of_consolidation(
    session: AsyncSession, known: Known, state: Proceeding, head: str, fresh: tuple[Entry, ...]
) -> Projection:
    former = known.state
    assert former is None or isinstance(former, ConsolidationState)
    assert isinstance(state, ConsolidationState)
    return project_consolidation(former, state, head, fresh[-1].at, fresh)


def _chronicle(
    word: str, row: type[MonitoringRow | DutyRow | ConsolidationRow], project: Project
) -> Chronicle:
    return Chronicle(JOURNALS[word], *_on_record(row), project, table_of(row))


_CHRONICLES = {
    "monitoring": _chronicle("monitoring", MonitoringRow, _of_monitoring),
    "duty": _chronicle("duty", DutyRow, _of_duty),
    "consolidation": _chronicle("consolidation", ConsolidationRow, _of_consolidation),
}
