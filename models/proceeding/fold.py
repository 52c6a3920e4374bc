"""Folds that every kind of journal shares: letters, rungs, calendars. Each kind registers them as its own."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from models.agenda.changes import meet, reach, withdraw
from models.agenda.deadline import Deadline, DeadlineStatus
from models.events import (
    BodySucceeded,
    CalendarChanged,
    DeadlineMoved,
    Entry,
    LetterResent,
    LetterSent,
    LetterUndelivered,
    ProceedingReconciled,
    RungReached,
)
from models.letters.letter import Letter
from models.proceeding.registry import Folds, P, changed
from models.proceeding.undelivered import outdated
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Id

RECENT_COMMANDS = 2_000
_UNFINISHED: Final = frozenset({DeadlineStatus.OPEN, DeadlineStatus.PAUSED, DeadlineStatus.PASSED})


class BrokenJournal(Exception):
    """A gap, a repetition or a missing start: this is not the journal of one workflow."""


def check_follows(seq: int | None, entry: Entry, begins: bool) -> None:
    """Raises `BrokenJournal` if the entry does not follow a state of this `seq` (None: no state yet)."""
    if begins != (seq is None):
        raise BrokenJournal(f"entry {entry.seq}: a journal begins with its start, once")
    expected = 1 if seq is None else seq + 1
    if entry.seq != expected:
        raise BrokenJournal(f"entry {entry.seq} where {expected} was expected")


def counted(state: P, entry: Entry) -> P:
    """The state that has taken the entry in: its number, and the id of the command behind it."""
    commands = state.commands
    if entry.command is not None and entry.command not in commands:
        commands = (*commands, entry.command)[-RECENT_COMMANDS:]
    return changed(state, seq=entry.seq, commands=commands)


def with_deadline(state: P, deadline: Deadline) -> P:
    return changed(state, deadlines={**state.deadlines, deadline.id: deadline})


def met(state: P, deadline: Id | None, entry: Entry) -> P:
    """What was awaited came; nothing happens where no deadline was set or it ended before."""
    return _ended(state, deadline, entry, meet)


def withdrawn(state: P, deadline: Id | None, entry: Entry) -> P:
    """Nothing is awaited any more; nothing happens where no deadline was set or it ended before."""
    return _ended(state, deadline, entry, withdraw)


def all_withdrawn(state: P, entry: Entry) -> P:
    for deadline in state.deadlines:
        state = withdrawn(state, deadline, entry)
    return state


def _ended(state: P, deadline: Id | None, entry: Entry, end: Callable[[Deadline, date], Deadline]) -> P:
    known = state.deadlines.get(deadline or "")
    if known is None or known.status not in _UNFINISHED:
        return state
    return with_deadline(state, end(known, state.calendar.local_date(entry.at)))


def with_letters(state: P, caused: Iterable[Letter]) -> P:
    """The state with the letters that its last entry caused."""
    return changed(state, letters={**state.letters, **{letter.id: letter for letter in caused}})


def letter_now(state: P, letter: Id, fields: Mapping[str, object]) -> P:
    now = state.letters[letter].model_copy(update=fields)
    return changed(state, letters={**state.letters, letter: now})


def failure_forgotten(state: P, letter: Id) -> P:
    """A letter that is under way again, or has arrived: that it could not be delivered need not be told."""
    for about in outdated(state, letter):
        state = letter_now(state, about, {"status": LetterStatus.WITHDRAWN})
    return state


def letter_sent(state: P, event: LetterSent, _: Entry) -> P:
    """A letter that left counts as sent even where it was taken back meanwhile: it did leave."""
    state = failure_forgotten(state, event.letter)
    return letter_now(state, event.letter, {"status": LetterStatus.SENT, "failure": ""})


def letter_undelivered(state: P, event: LetterUndelivered, _: Entry) -> P:
    letter = state.letters[event.letter]
    if letter.status is not LetterStatus.DUE or letter.attempt != event.attempt:
        return state  # handed over, taken back or sent anew since: the failure is yesterday's news
    return letter_now(state, event.letter, {"status": LetterStatus.UNDELIVERABLE, "failure": event.code})


def letter_resent(state: P, event: LetterResent, _: Entry) -> P:
    state = failure_forgotten(state, event.letter)
    attempt = state.letters[event.letter].attempt + 1
    return letter_now(state, event.letter, {"status": LetterStatus.DUE, "attempt": attempt, "failure": ""})


def rung_reached(state: P, event: RungReached, _: Entry) -> P:
    return with_deadline(state, reach(state.deadlines[event.deadline], event.rung))


def calendar_changed(state: P, event: CalendarChanged, _: Entry) -> P:
    return changed(state, calendar=event.calendar)


def deadline_moved(state: P, event: DeadlineMoved, _: Entry) -> P:
    return with_deadline(state, event.deadline)


def body_succeeded(state: P, event: BodySucceeded, _: Entry) -> P:
    """What was done stays as it was; who stands for the body is asked wherever it matters."""
    return changed(state, successions={**state.successions, event.body: event.succession()})


def proceeding_reconciled(state: P, _: ProceedingReconciled, __: Entry) -> P:
    """It tells what was done to the stores; nothing of the procedure follows from it."""
    return state


def common_folds() -> Folds[P]:
    """What the journals of duties and consolidations fold alike; a monitoring adds to some of these."""
    return {
        LetterSent: letter_sent,
        LetterUndelivered: letter_undelivered,
        LetterResent: letter_resent,
        RungReached: rung_reached,
        CalendarChanged: calendar_changed,
        DeadlineMoved: deadline_moved,
        BodySucceeded: body_succeeded,
        ProceedingReconciled: proceeding_reconciled,
    }
