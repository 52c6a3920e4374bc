"""The journal and the projection of a proceeding, read at one moment."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.record.projections import chronicle_of
from activities.registries.lookup import written_of
from models.events import Entry
from models.proceeding.state import Proceeding
from models.proof.bundle import JournalLine
from models.proof.chain import Head
from models.tables.journal import EntryRow


@dataclass(frozen=True)
class RecordedProceeding:
    """What is on record of a proceeding."""

    workflow_id: str
    head: Head
    state: Proceeding
    lines: tuple[JournalLine, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(line.entry for line in self.lines)


async def recorded(session: AsyncSession, workflow_id: str) -> RecordedProceeding:
    """The record of what exists. The session's transaction must be a repeatable read."""
    known = await chronicle_of(workflow_id).known(session, workflow_id)
    assert known.state is not None, "a bundle is made of what is on record"
    rows = await session.exec(
        select(EntryRow).where(EntryRow.workflow_id == workflow_id).order_by(col(EntryRow.seq))
    )
    return RecordedProceeding(
        workflow_id=workflow_id,
        head=Head(seq=known.seq, hash=known.head_hash),
        state=known.state,
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
