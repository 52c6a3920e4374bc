"""What time brings a consolidation: rungs and turns of rounds in order, one letter of several missed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.agenda.rungs import due_rungs, next_rung_at
from models.agenda.terms import REVIEW_LADDER
from models.consolidation.fold import apply_consolidation
from models.consolidation.rules import round_over, turn_round
from models.consolidation.state import ConsolidationState
from models.events import ConsolidationEvent, Entry, RungReached
from models.vocabulary.actors import SYSTEM

_SEVERITY: Final = {rung.name: severity for severity, rung in enumerate(REVIEW_LADDER)}


def round_over_at(state: ConsolidationState) -> datetime | None:
    """Midnight (Asia/Almaty) after the round's last day, in UTC."""
    day = round_over(state)
    return None if day is None else state.calendar.midnight(day)


def next_moment(state: ConsolidationState, now: datetime) -> datetime | None:
    """The next rung or the round's end, whichever comes first; `now` at the earliest."""
    if state.ended:
        return None
    over = round_over_at(state)
    rung = next_rung_at(state.deadlines.values(), state.calendar, now)
    return min((moment for moment in (over, rung) if moment), default=None)


def what_time_brings(state: ConsolidationState, now: datetime) -> tuple[ConsolidationEvent, ...]:
    """Everything until `now` in the order in which it would have happened, each once.

    All letters of a consolidation go to one head: after an outage only the most severe of the missed rungs is
    heard, the last of its kind, also where the outage lasted over several rounds.
    """
    events = tuple(_in_order(state, now))
    reached = ((index, event) for index, event in enumerate(events) if isinstance(event, RungReached))
    loudest = max(((_SEVERITY[event.rung], index) for index, event in reached), default=None)
    return tuple(
        event.model_copy(update={"silent": loudest != (_SEVERITY[event.rung], index)})
        if isinstance(event, RungReached)
        else event
        for index, event in enumerate(events)
    )


def _in_order(state: ConsolidationState, now: datetime) -> Iterator[ConsolidationEvent]:
    while (brought := _first(state, now)) != ():
        for event in brought:
            entry = Entry(seq=state.seq + 1, at=now, actor=SYSTEM, event=event)
            state = apply_consolidation(state, entry)
            yield event


def _first(state: ConsolidationState, now: datetime) -> tuple[ConsolidationEvent, ...]:
    """What comes next and has come by now: a rung, or the turn of a round."""
    due = due_rungs(state.deadlines.values(), state.calendar, now)
    over = round_over_at(state)
    if over is not None and over <= now and (not due or over <= due[0].at):
        return turn_round(state)
    return tuple(RungReached(deadline=rung.deadline, rung=rung.rung, was_due_at=rung.at) for rung in due[:1])
