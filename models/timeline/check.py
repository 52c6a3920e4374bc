"""The auditor's check of a journal: is the chain whole, does it fold to what is shown?"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from models.events import Entry
from models.monitoring.fold import BrokenJournal
from models.proceeding.state import Proceeding
from models.proof.chain import BEGINNING, Head, line_hash
from models.proof.journals import MONITORING, JournalKind
from models.vocabulary.base import Model

# What folding an entry that was tampered with may end in: it may refer to what never was.
CANNOT_FOLLOW: Final = (
    BrokenJournal,
    AssertionError,
    AttributeError,
    LookupError,
    StopIteration,
    ValueError,
)


class Fault(StrEnum):
    """What can be wrong with an element."""

    MISSING = "missing"  # a line's number is not the one after the line before
    UNREADABLE = "unreadable"  # it is no event of this procedure
    NOT_LINKED = "not_linked"  # it does not carry the hash of the line before
    CHANGED = "changed"  # its hash is not that of what it says
    DOES_NOT_FOLLOW = "does_not_follow"  # it cannot have happened after the lines before it
    HEAD_DIFFERS = "head_differs"  # the projection knows another head: the tail was cut, or added to
    STATE_DIFFERS = "state_differs"  # this field of the state is not what the journal tells


class Element(Model):
    """The first bad element: a line of the journal by its number, or a field of the state by its name."""

    fault: Fault
    line: int | None = None
    field: str = ""


class RecordedLine(Model):
    """A line as it is stored; `entry` is None where what was `written` cannot be read as one."""

    seq: int
    written: dict[str, object]
    entry: Entry | None
    previous_hash: str
    hash: str


def check_chain(workflow_id: str, lines: Sequence[RecordedLine], head: Head) -> Element | None:
    """The first line that is missing, changed or not linked; `head` is what the projection says it is."""
    previous = BEGINNING
    for expected, line in enumerate(lines, start=1):
        fault = _fault(workflow_id, line, expected, previous)
        if fault is not None:
            return Element(fault=fault, line=min(line.seq, expected))
        previous = line.hash
    if (len(lines), previous) != (head.seq, head.hash):
        first = len(lines) if len(lines) == head.seq else min(len(lines), head.seq) + 1
        return Element(fault=Fault.HEAD_DIFFERS, line=first)
    return None


def _fault(workflow_id: str, line: RecordedLine, expected: int, previous: str) -> Fault | None:
    if line.seq != expected:
        return Fault.MISSING
    if line.entry is None:
        return Fault.UNREADABLE
    if line.previous_hash != previous:
        return Fault.NOT_LINKED
    return None if line.hash == line_hash(previous, workflow_id, line.written) else Fault.CHANGED


def check_fold(
    lines: Sequence[RecordedLine], projected: Proceeding, journal: JournalKind = MONITORING
) -> Element | None:
    """The first line that cannot follow, or the first field in which fold and projection differ."""
    state: Proceeding | None = None
    for line in lines:
        if line.entry is None:
            return Element(fault=Fault.UNREADABLE, line=line.seq)
        try:
            state = journal.apply(state, line.entry)
        except CANNOT_FOLLOW:
            return Element(fault=Fault.DOES_NOT_FOLLOW, line=line.seq)
    return None if state is None else check_states(state, projected)


def check_states(expected: Proceeding, found: Proceeding) -> Element | None:
    """The first field in which two states differ."""
    for name in type(expected).model_fields:
        if getattr(expected, name) != getattr(found, name, None):
            return Element(fault=Fault.STATE_DIFFERS, field=name)
    return None
