"""A monitoring that nobody touches: after a term of its stage it is reminded of. Beyond the Rules.

Never a violation: the Rules set no term for any stage. An edition without terms reminds of nothing. Whoever
waits for a day that lies ahead (a reply's, a council's meeting) does not let the monitoring rest.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from models.agenda.deadline import DeadlineStatus
from models.events import Entry, MonitoringRested
from models.monitoring.state import MonitoringState
from models.proceeding.registry import changed
from models.vocabulary.editions import StageTerms
from models.vocabulary.procedure import Role

_AWAITED: Final = frozenset({DeadlineStatus.OPEN, DeadlineStatus.PAUSED, DeadlineStatus.PASSED})


def touched(before: MonitoringState | None, state: MonitoringState, entry: Entry) -> MonitoringState:
    """The state that knows when somebody acted last, or when it came to its stage."""
    if state.edition.times.stages == StageTerms():
        return state
    moved_on = before is None or before.stage is not state.stage
    if entry.actor.role is Role.SYSTEM and not moved_on:
        return state
    return changed(state, touched_on=state.calendar.local_date(entry.at), rest_reminders=0)


def rest_due_at(state: MonitoringState) -> datetime | None:
    """The UTC instant of the next reminder: the opening of the day on which one more term has passed."""
    term, since = state.edition.times.stages.of(state.stage), rests_since(state)
    if term is None or since is None or state.ended:
        return None
    calendar = state.calendar
    return calendar.opening(calendar.add_working_days(since, term * (state.rest_reminders + 1)))


def rest_due(state: MonitoringState, now: datetime) -> tuple[MonitoringRested, ...]:
    """One reminder, however many terms went by while nobody could be reminded."""
    due_at, since = rest_due_at(state), rests_since(state)
    term = state.edition.times.stages.of(state.stage)
    if due_at is None or due_at > now or since is None or term is None:
        return ()
    passed = state.calendar.working_days_between(since, state.calendar.local_date(now)) // term
    reminder = max(passed, state.rest_reminders + 1)
    return (MonitoringRested(stage=state.stage, since=since, reminder=reminder),)


def rests_since(state: MonitoringState) -> date | None:
    """The local date since which nothing was done and nothing was waited for."""
    if state.touched_on is None:
        return None
    return max(state.touched_on, *_waited_for(state))


def _waited_for(state: MonitoringState) -> Iterator[date]:
    yield state.touched_on or date.min
    yield from (known.due_on for known in state.deadlines.values() if known.status in _AWAITED)
    for item in state.council_items.values():
        if item.open and item.meeting_at is not None:
            yield state.calendar.local_date(item.meeting_at)
