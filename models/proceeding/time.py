"""What the three proceedings ask of time alike (docs/architecture.md, Time).

Each has a module `time` with the same two pure functions: `next_moment(state)` says when time does the next
thing to it, `what_time_brings(state, now)` what has come by an instant. The workflow waits for the one and
journals the other, until the next moment lies ahead.
"""

from collections.abc import Callable, Generator
from datetime import datetime
from typing import TypeVar

from models.agenda.rungs import DueRung, next_rung_at
from models.events import ConsolidationEvent, DutyEvent, Entry, MonitoringEvent, RungReached
from models.proceeding.registry import P
from models.proceeding.state import Proceeding
from models.vocabulary.actors import SYSTEM

E = TypeVar("E", bound=MonitoringEvent | DutyEvent | ConsolidationEvent)


def next_rung(state: Proceeding) -> datetime | None:
    """The UTC instant of the next rung, past ones included; None where nothing is awaited any more."""
    return None if state.ended else next_rung_at(state.deadlines.values(), state.calendar)


def event_of(due: DueRung) -> RungReached:
    """What the journal says of a rung that has come."""
    return RungReached(deadline=due.deadline, rung=due.rung, was_due_at=due.at, silent=due.silent)


def happening(
    apply: Callable[[P | None, Entry], P], state: P, now: datetime, *events: E
) -> Generator[E, None, P]:
    """Yields events that time brings at an instant; returns the state after them, on which the next rest."""
    for event in events:
        state = apply(state, Entry(seq=state.seq + 1, at=now, actor=SYSTEM, event=event))
        yield event
    return state
