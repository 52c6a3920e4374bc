"""The single fold: journal → state. The workflow, the recorder, the auditor and the tests all use it."""

from collections.abc import Iterable

from models.correspondence import letters_caused_by
from models.events import Entry, MonitoringStarted
from models.fold import collection, councils, deadlines, dispatch, group, letters, report, stages  # noqa: F401
from models.fold.registry import FOLDS, changed
from models.fold.stages import started
from models.state import MonitoringState

RECENT_COMMANDS = 2_000


class BrokenJournal(Exception):
    """A gap, a repetition or a missing start: this is not the journal of one monitoring."""


def apply(state: MonitoringState | None, entry: Entry) -> MonitoringState:
    """The state after one entry. Raises `BrokenJournal` if the entry does not follow the state."""
    _follows(state, entry)
    if isinstance(entry.event, MonitoringStarted):
        after = started(entry.event, entry)
    else:
        assert state is not None
        after = FOLDS[type(entry.event)](state, entry.event, entry)
    after = changed(after, seq=entry.seq, commands=_remembered(after, entry))
    caused = letters_caused_by(after, entry)
    return changed(after, letters={**after.letters, **{letter.id: letter for letter in caused}})


def fold(entries: Iterable[Entry], state: MonitoringState | None = None) -> MonitoringState | None:
    """The state after a run of entries."""
    for entry in entries:
        state = apply(state, entry)
    return state


def _follows(state: MonitoringState | None, entry: Entry) -> None:
    begins = isinstance(entry.event, MonitoringStarted)
    if begins != (state is None):
        raise BrokenJournal(f"entry {entry.seq}: a journal begins with monitoring_started, once")
    expected = 1 if state is None else state.seq + 1
    if entry.seq != expected:
        raise BrokenJournal(f"entry {entry.seq} where {expected} was expected")


def _remembered(state: MonitoringState, entry: Entry) -> tuple[str, ...]:
    if entry.command is None or entry.command in state.commands:
        return state.commands
    return (*state.commands, entry.command)[-RECENT_COMMANDS:]
