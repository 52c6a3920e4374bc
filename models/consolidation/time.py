"""What time brings a consolidation (rules 17, 18): reminders of its rounds, and their turn."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.agenda.rungs import due_rungs
from models.consolidation.fold import apply_consolidation
from models.consolidation.rules import round_over, turn_round
from models.consolidation.state import ConsolidationState
from models.events import ConsolidationEvent, RungReached
from models.proceeding.time import event_of, happening, next_rung
from models.vocabulary.ladders import RungName

_SEVERITY: Final = {rung: severity for severity, rung in enumerate(RungName)}


def round_over_at(state: ConsolidationState) -> datetime | None:
    """Midnight (Asia/Almaty) after the round's last day, in UTC."""
    day = round_over(state)
    return None if day is None else state.calendar.midnight(day)


def next_moment(state: ConsolidationState) -> datetime | None:
    """The next rung or the round's end (UTC), whichever comes first, past ones included."""
    moments = (round_over_at(state), next_rung(state))
    return min((moment for moment in moments if moment), default=None)


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
    while brought := _first(state, now):
        state = yield from happening(apply_consolidation, state, now, *brought)


def _first(state: ConsolidationState, now: datetime) -> tuple[ConsolidationEvent, ...]:
    """What comes next and has come by now: a rung, or the turn of a round."""
    due = due_rungs(state.deadlines.values(), state.calendar, now)
    over = round_over_at(state)
    if over is not None and over <= now and (not due or over <= due[0].at):
        return turn_round(state)
    return tuple(event_of(rung) for rung in due[:1])
