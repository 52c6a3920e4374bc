"""The single fold: journal → state. The workflow, the recorder, the auditor and the tests all use it."""

from collections.abc import Iterable

from models.events import Entry, MonitoringStarted
from models.monitoring.fold import (  # noqa: F401
    collection,
    councils,
    deadlines,
    dispatch,
    group,
    handing,
    joint,
    letters,
    report,
    stages,
    succession,
    watching,
)
from models.monitoring.fold.registry import FOLDS
from models.monitoring.fold.stages import started
from models.monitoring.letters import letters_caused_by
from models.monitoring.news import noted
from models.monitoring.resting import touched
from models.monitoring.state import MonitoringState
from models.proceeding.fold import BrokenJournal, check_follows, counted, with_letters


def apply(state: MonitoringState | None, entry: Entry) -> MonitoringState:
    """The state after one entry. Raises `BrokenJournal` if the entry does not follow the state."""
    check_follows(state.seq if state else None, entry, isinstance(entry.event, MonitoringStarted))
    if isinstance(entry.event, MonitoringStarted):
        after = started(entry.event, entry)
    else:
        assert state is not None
        after = FOLDS[type(entry.event)](state, entry.event, entry)
    after = touched(state, noted(counted(after, entry), entry), entry)
    return with_letters(after, letters_caused_by(after, entry))


def fold(entries: Iterable[Entry], state: MonitoringState | None = None) -> MonitoringState | None:
    """The state after a run of entries."""
    for entry in entries:
        state = apply(state, entry)
    return state


__all__ = ["BrokenJournal", "apply", "fold"]
