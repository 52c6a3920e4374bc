"""How many letters of the last days wait, have left or could not, for an operator's figures.

A state is large, and most proceedings wait for weeks: what one says of its letters is remembered until its
journal goes on. A letter is tried for three days, and then is a person's task.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import func, text
from sqlalchemy import select as columns
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from models.tables.journal import EntryRow
from models.vocabulary.letters import LetterStatus

RECENT: Final = timedelta(days=5)
AT_A_TIME: Final = 200
"""States that are opened in one statement."""
OVERLAP: Final = timedelta(minutes=5)
"""What is committed late bears a moment from before; no recording takes so long."""
ANEW_AFTER: Final = timedelta(hours=1)
"""Then all is read again: a journal that was set back tells of no change."""
_LETTERS: Final = text(
    """
    WITH opened AS (
        SELECT workflow_id, state, changed_at FROM monitorings WHERE workflow_id = ANY(:opened)
        UNION ALL SELECT workflow_id, state, changed_at FROM duties WHERE workflow_id = ANY(:opened)
        UNION ALL SELECT workflow_id, state, changed_at FROM consolidations WHERE workflow_id = ANY(:opened)
    ), letters AS (
        SELECT opened.workflow_id, opened.changed_at, letter.value ->> 'status' AS status,
               (letter.value ->> 'attempt')::int AS attempt,
               substring(letter.key FROM '^L(\\d+)-')::int AS cause
        FROM opened, json_each(opened.state -> 'letters') AS letter
    )
    SELECT letters.workflow_id, letters.status, count(*),
           min(CASE WHEN letters.attempt > 1 THEN letters.changed_at ELSE journal.at END)
    FROM letters LEFT JOIN journal ON journal.workflow_id = letters.workflow_id
        AND journal.seq = letters.cause AND letters.status = 'due'
    GROUP BY letters.workflow_id, letters.status
    """
)


class _Line(NamedTuple):
    """The newest line of a journal, and when (UTC) it was recorded."""

    seq: int
    recorded_at: datetime


@dataclass
class _Said:
    """What a state said of its letters when its journal had come to a line."""

    line: _Line
    counts: Counter[LetterStatus] = field(default_factory=Counter)
    oldest_due: datetime | None = None


@dataclass(frozen=True)
class Counted:
    """Letters of proceedings that went on in the last days; since when (UTC) the oldest waits to leave."""

    counts: Counter[LetterStatus]
    oldest_due: datetime | None


class RecentLetters:
    """What was read at earlier looks, and what changed since."""

    def __init__(self) -> None:
        self._said: dict[str, _Said] = {}
        self._looked_at: datetime | None = None
        self._began_at: datetime | None = None

    async def look(self, session: AsyncSession, now: datetime) -> Counted:
        """Opens the states of those that went on since the last look, each once."""
        if self._began_at is None or now - self._began_at > ANEW_AFTER:
            self._said, self._looked_at, self._began_at = {}, None, now
        for known in [each for each, said in self._said.items() if said.line.recorded_at < now - RECENT]:
            del self._said[known]
        lines = await self._gone_on(session, now)
        names = sorted(lines)
        for first in range(0, len(names), AT_A_TIME):
            part = names[first : first + AT_A_TIME]
            self._said |= await _opened(session, {name: lines[name] for name in part})
        self._looked_at = now
        counts = sum((said.counts for said in self._said.values()), Counter[LetterStatus]())
        due = [said.oldest_due for said in self._said.values() if said.oldest_due is not None]
        return Counted(counts, min(due, default=None))

    async def _gone_on(self, session: AsyncSession, now: datetime) -> dict[str, _Line]:
        """By their workflow ids, where a line was written that was not there at the last look."""
        since = now - RECENT if self._looked_at is None else self._looked_at - OVERLAP
        newest = columns(
            col(EntryRow.workflow_id), func.max(col(EntryRow.seq)), func.max(col(EntryRow.recorded_at))
        )
        newest = newest.where(col(EntryRow.recorded_at) > since).group_by(col(EntryRow.workflow_id))
        found = {name: _Line(seq, at) for name, seq, at in await (await session.connection()).execute(newest)}
        return {
            name: line
            for name, line in found.items()
            if name not in self._said or self._said[name].line != line
        }


async def _opened(session: AsyncSession, lines: dict[str, _Line]) -> dict[str, _Said]:
    said = {name: _Said(line) for name, line in lines.items()}
    rows = await (await session.connection()).execute(_LETTERS, {"opened": sorted(lines)})
    for name, status, count, oldest in rows:
        said[name].counts[LetterStatus(status)] += count
        if status == LetterStatus.DUE.value:
            said[name].oldest_due = oldest
    return said
