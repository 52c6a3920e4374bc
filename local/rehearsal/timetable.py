"""What happened in all proceedings, in the order of time, with what was known at each moment."""

from dataclasses import dataclass
from datetime import datetime

from activities.record.projections import chronicle_of
from local.rehearsal.records import Records
from models.events import Entry, LetterSent
from models.letters.letter import Letter
from models.proceeding.state import Proceeding
from models.timeline.known import Known
from models.timeline.told import Sayings, told
from models.vocabulary.procedure import Id, Mark


@dataclass(frozen=True)
class Happened:
    """One line: an event, or a letter that left. `sayings` are what its sentence is filled with."""

    at: datetime
    mark: Mark
    workflow_id: Id
    entry: Entry
    sayings: Sayings
    letter: Letter | None = None


async def timetable(records: Records) -> tuple[Happened, ...]:
    """Every entry of every journal, oldest first; of one proceeding in its own order."""
    lines = [
        line
        for state in await records.all()
        for line in _lines(state, await records.journal(state.workflow_id))
    ]
    return tuple(sorted(lines, key=lambda line: (line.at, line.mark, line.entry.seq)))


def _lines(proceeding: Proceeding, journal: list[Entry]) -> list[Happened]:
    chronicle = chronicle_of(proceeding.workflow_id)
    state: Proceeding | None = None
    lines = []
    for entry in journal:
        state = chronicle.fold((entry,), state)
        sent = entry.event.letter if isinstance(entry.event, LetterSent) else None
        lines.append(
            Happened(
                at=entry.at,
                mark=proceeding.mark,
                workflow_id=proceeding.workflow_id,
                entry=entry,
                sayings=told(entry.event, Known(state=state)),
                letter=state.letters[sent] if sent else None,
            )
        )
    return lines
