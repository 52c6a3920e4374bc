"""What time brings a duty (rule 13): warnings, and the turn of its periods."""

from collections.abc import Generator, Iterator
from datetime import datetime

from models.agenda.rungs import coalesce, due_rungs
from models.duty.fold import apply_duty
from models.duty.rules import period_over, turn_period
from models.duty.state import DutyState
from models.events import DutyEvent
from models.proceeding.time import event_of, happening, next_rung


def period_over_at(state: DutyState) -> datetime | None:
    """Midnight (Asia/Almaty) after the period's last day, in UTC."""
    day = period_over(state)
    return None if day is None else state.calendar.midnight(day)


def next_moment(state: DutyState) -> datetime | None:
    """The next rung or the period's end (UTC), whichever comes first, past ones included."""
    moments = (period_over_at(state), next_rung(state))
    return min((moment for moment in moments if moment), default=None)


def what_time_brings(state: DutyState, now: datetime) -> tuple[DutyEvent, ...]:
    """Every rung that has come by `now`, a period's turn before what followed it.

    Of several missed rungs of a period the last one speaks. What a period that is turned into awaits is no
    part of this: it comes with the next look.
    """
    return tuple(_in_order(state, now))


def _in_order(state: DutyState, now: datetime) -> Iterator[DutyEvent]:
    for due in coalesce(due_rungs(state.deadlines.values(), state.calendar, now)):
        state = yield from _turns_until(due.at, state, now)
        state = yield from happening(apply_duty, state, now, event_of(due))
    yield from _turns_until(now, state, now)


def _turns_until(moment: datetime, state: DutyState, now: datetime) -> Generator[DutyEvent, None, DutyState]:
    while (over := period_over_at(state)) is not None and over <= moment:
        state = yield from happening(apply_duty, state, now, *turn_period(state))
    return state
