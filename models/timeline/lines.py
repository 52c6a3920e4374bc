"""Journal → lines: to which stage each belongs, what it followed from, what it caused and pinned."""

from collections.abc import Sequence
from typing import Final

from models.events import Entry
from models.letters.letter import Letter
from models.monitoring.letters import seq_of
from models.monitoring.state import MonitoringState
from models.proceeding.state import Proceeding
from models.proof.journals import MONITORING, JournalKind
from models.timeline.check import CANNOT_FOLLOW
from models.timeline.follows import DEEPEST, STEPS, Opened
from models.timeline.known import Known
from models.timeline.pins import Pin, TextRef, pins_of, texts_of
from models.timeline.rules import rules_of
from models.timeline.told import Sayings, told
from models.timeline.ways import AnswerWay, way_of
from models.vocabulary.base import Model
from models.vocabulary.procedure import Stage

# What completes a stage belongs to that stage; everything else to the stage it leads to.
_COMPLETES: Final = frozenset({"collection_completed", "analysis_completed", "step_completed"})


class Line(Model):
    """One entry of the journal, understood. `letters` are those it caused, as they stand at the end."""

    entry: Entry
    stage: Stage | None
    follows: int | None
    depth: int
    rules: tuple[str, ...]
    letters: tuple[Letter, ...]
    pins: tuple[Pin, ...]
    texts: tuple[TextRef, ...]
    way: AnswerWay | None = None

    @property
    def seq(self) -> int:
        return self.entry.seq

    @property
    def type(self) -> str:
        return self.entry.event.type


class Timeline(Model):
    """`state` is the last one, `states` are those after each line.

    `broken_at` is the first line that does not follow the one before; from there on stages are unknown.
    """

    lines: tuple[Line, ...]
    state: Proceeding | None
    states: dict[int, Proceeding] = {}
    broken_at: int | None = None

    def told(self, line: Line) -> Sayings:
        """What the sentence of a line is filled with: as it was known then, not as it became since."""
        return told(line.entry.event, Known(state=self.states.get(line.seq, self.state)))


class _Folded(Model):
    """The stage each line belongs to, as far as the journal folds: duties and consolidations have none."""

    stages: tuple[Stage | None, ...]
    states: dict[int, Proceeding]
    state: Proceeding | None


def timeline(entries: Sequence[Entry], journal: JournalKind = MONITORING) -> Timeline:
    """All lines, oldest first. A journal somebody tampered with is read as far as it goes, and says so."""
    folded = _fold(entries, journal)
    known = Known(state=folded.state)
    letters = _letters(folded.state)
    opened = Opened(known)
    lines: dict[int, Line] = {}
    for index, entry in enumerate(entries):
        stage = folded.stages[index] if index < len(folded.stages) else None
        caused = letters.get(entry.seq, ())
        lines[entry.seq] = _line(entry, stage, caused, opened, lines)
        opened.opens(entry.event, entry.seq, tuple(letter.id for letter in caused))
    known_until = len(folded.stages)
    broken = entries[known_until].seq if known_until < len(entries) else None
    return Timeline(lines=tuple(lines.values()), state=folded.state, states=folded.states, broken_at=broken)


def _line(
    entry: Entry, stage: Stage | None, caused: tuple[Letter, ...], opened: Opened, lines: dict[int, Line]
) -> Line:
    follows = opened.follows(entry.event)
    cause = lines[follows] if follows is not None else None
    indented = cause is not None and entry.event.type not in STEPS
    return Line(
        entry=entry,
        stage=stage,
        follows=follows,
        depth=min(cause.depth + 1, DEEPEST) if cause and indented else 0,
        rules=rules_of(entry.event.type, cause.rules if cause else ()),
        letters=caused,
        pins=pins_of(entry.event),
        texts=texts_of(entry.event),
        way=way_of(entry, opened.known.state.successions if opened.known.state else {}),
    )


def _fold(entries: Sequence[Entry], journal: JournalKind) -> _Folded:
    stages: list[Stage | None] = []
    states: dict[int, Proceeding] = {}
    state: Proceeding | None = None
    for entry in entries:
        try:
            after = journal.apply(state, entry)
        except CANNOT_FOLLOW:
            break
        ends = state is not None and entry.event.type in _COMPLETES
        stages.append(_stage(state if ends else after))
        states[entry.seq] = state = after
    return _Folded(stages=tuple(stages), states=states, state=state)


def _stage(state: Proceeding | None) -> Stage | None:
    return state.stage if isinstance(state, MonitoringState) else None


def _letters(state: Proceeding | None) -> dict[int, tuple[Letter, ...]]:
    """The letters each line caused: `L<seq>-<n>` names the line."""
    found: dict[int, tuple[Letter, ...]] = {}
    for letter in state.letters.values() if state else ():
        seq = seq_of(letter.id)
        found[seq] = (*found.get(seq, ()), letter)
    return found
