"""The journal and the projection of a monitoring, read at one moment."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.lookup import written_of
from models.bundle import JournalLine
from models.chain import Head
from models.events import Entry
from models.procedure import Number
from models.state import MonitoringState
from models.tables import EntryRow, MonitoringRow


@dataclass(frozen=True)
class Recorded:
    """What is on record of a monitoring."""

    workflow_id: str
    head: Head
    state: MonitoringState
    lines: tuple[JournalLine, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(line.entry for line in self.lines)


async def recorded(session: AsyncSession, number: Number) -> Recorded:
    """The record of a monitoring that exists. The session's transaction must be a repeatable read."""
    row = await session.get_one(MonitoringRow, number)
    rows = await session.exec(
        select(EntryRow).where(EntryRow.workflow_id == row.workflow_id).order_by(col(EntryRow.seq))
    )
    return Recorded(
        workflow_id=row.workflow_id,
        head=Head(seq=row.seq, hash=row.head_hash),
        state=MonitoringState.model_validate(row.state),
        lines=tuple(_line(entry) for entry in rows),
    )


def _line(row: EntryRow) -> JournalLine:
    return JournalLine(
        previous=row.previous_hash,
        hash=row.hash,
        run_id=row.run_id,
        recorded_at=row.recorded_at,
        written=written_of(row),
    )
