"""The stored journal of one proceeding: rows as they are, and as far as they can be read as entries."""

from collections.abc import Iterable, Sequence

from pydantic import ValidationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.lookup import entry_of, written_of
from models.events import Entry
from models.tables.journal import EntryRow
from models.timeline.check import RecordedLine


async def journal_rows(session: AsyncSession, workflow_id: str) -> Sequence[EntryRow]:
    """All rows, oldest first."""
    rows = select(EntryRow).where(EntryRow.workflow_id == workflow_id)
    return (await session.exec(rows.order_by(col(EntryRow.seq)))).all()


def recorded_line(row: EntryRow) -> RecordedLine:
    """A row as it was hashed: the entry as it was written, not as today's models would write it."""
    return RecordedLine(
        seq=row.seq,
        written=written_of(row),
        entry=_read(row),
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def readable(rows: Iterable[EntryRow]) -> tuple[Entry, ...]:
    """The entries up to the first row that is none."""
    found: list[Entry] = []
    for row in rows:
        entry = _read(row)
        if entry is None:
            break
        found.append(entry)
    return tuple(found)


def _read(row: EntryRow) -> Entry | None:
    try:
        return entry_of(row)
    except ValidationError:
        return None
