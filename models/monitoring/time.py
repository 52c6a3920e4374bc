"""What time brings a monitoring (rule 12 and beyond): reminders, expiries, the end of its follow-up."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Final

from models.agenda.deadline import DeadlineSubject
from models.agenda.rungs import DueRung, coalesce, due_rungs
from models.events import FollowUpEnded, MonitoringEvent, RungReached
from models.monitoring.fold import apply
from models.monitoring.follow_up import open_items_of
from models.monitoring.news import news_due, news_due_at
from models.monitoring.resting import rest_due, rest_due_at
from models.monitoring.state import MonitoringState
from models.proceeding.time import event_of, happening, next_rung
from models.vocabulary.ladders import RungName

_LAPSES: Final = frozenset({RungName.EXPIRED, RungName.OVERDUE})


def next_moment(state: MonitoringState) -> datetime | None:
    """The next rung (UTC), past ones included; the next news to be told; the next reminder of its rest."""
    moments = (next_rung(state), news_due_at(state), rest_due_at(state))
    return min((moment for moment in moments if moment is not None), default=None)


def what_time_brings(
    state: MonitoringState, now: datetime, tells_lapses: Callable[[int], bool]
) -> tuple[MonitoringEvent, ...]:
    """Every rung that has come by `now`, each once; of several missed ones of a deadline the last one speaks.

    Then what is to be told to whoever coordinates: news that wait, a rest that lasts.

    `tells_lapses` says whether this monitoring, its journal being that long by then, writes to whoever let a
    day pass. It is asked only at an expiry that is heard: being asked leaves a mark in the history.
    """
    return tuple(_in_order(state, now, tells_lapses))


def _in_order(
    state: MonitoringState, now: datetime, tells_lapses: Callable[[int], bool]
) -> Iterator[MonitoringEvent]:
    # What is due is settled once: what came together with the follow-up's end is recorded after it, as ever.
    for due in coalesce(due_rungs(state.deadlines.values(), state.calendar, now)):
        state = yield from happening(apply, state, now, _reached(due, partial(tells_lapses, state.seq)))
        if _follow_up_over(state, due):
            state = yield from happening(apply, state, now, FollowUpEnded())
    state = yield from happening(apply, state, now, *news_due(state, now))
    yield from happening(apply, state, now, *rest_due(state, now))


def _reached(due: DueRung, tells_lapses: Callable[[], bool]) -> RungReached:
    told = due.rung in _LAPSES and not due.silent and tells_lapses()
    return event_of(due).model_copy(update={"lapse_told": told})


def _follow_up_over(state: MonitoringState, due: DueRung) -> bool:
    """A closed monitoring's follow-up ends when its time is over and no accepted item is open."""
    subject = state.deadlines[due.deadline].subject_kind
    over = subject is DeadlineSubject.FOLLOW_UP and due.rung is RungName.EXPIRED
    return over and not open_items_of(state)
