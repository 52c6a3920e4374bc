"""A proceeding as it stood when a day ended: its journal so far, folded by the very functions that run it.

Never today's record, which may have been settled otherwise since.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.local_day import end_of, local_day
from api.history.journal import journal_rows, readable
from models.events import Entry
from models.proceeding.fold import BrokenJournal
from models.proceeding.state import Proceeding
from models.proof.chain import Head
from models.proof.journals import kind_of_journal
from models.tables.journal import EntryRow
from models.timeline.check import CANNOT_FOLLOW


@dataclass(frozen=True)
class Stood:
    """What the journal tells of the end of a local day; `until` is that instant (UTC)."""

    on: date
    until: datetime
    state: Proceeding
    entries: tuple[Entry, ...]
    head: Head
    changed_at: datetime  # UTC, of the last line by then


class NotBegun(Exception):
    """On that day there was nothing yet; `first` is the local day of the first line, if there is one."""

    def __init__(self, first: date | None) -> None:
        super().__init__("not begun")
        self.first = first


def rows_until(rows: Iterable[EntryRow], until: datetime) -> tuple[EntryRow, ...]:
    """The lines before an instant: a beginning of the chain, without a gap."""
    return tuple(takewhile(lambda row: row.at < until, rows))


async def stood_on(session: AsyncSession, workflow_id: str, day: date) -> Stood:
    """Raises NotBegun, and BrokenJournal where the lines by then cannot be read or do not follow."""
    every, until = await journal_rows(session, workflow_id), end_of(day)
    rows = rows_until(every, until)
    if not rows:
        raise NotBegun(local_day(every[0].at) if every else None)
    entries = readable(rows)
    if len(entries) < len(rows):
        raise BrokenJournal(f"line {rows[len(entries)].seq} is no entry")
    try:
        state = kind_of_journal(workflow_id).fold(entries)
    except CANNOT_FOLLOW as error:
        raise BrokenJournal(type(error).__name__) from error
    assert state is not None, "it has a first line"
    last = rows[-1]
    return Stood(
        on=day,
        until=until,
        state=state,
        entries=entries,
        head=Head(seq=last.seq, hash=last.hash),
        changed_at=last.at,
    )
