"""Bodies that come and go while a monitoring runs (beyond the Rules; rule 2: the authorized body)."""

from collections.abc import Callable
from datetime import date

from models.commands import TakeOverMonitoring
from models.events import AuthorizedBodyChanged, BodySucceeded, Event, MonitoringEvent, MonitoringTakenOver
from models.monitoring.briefing import MonitoringBriefing
from models.monitoring.passed_on import passed_on, whom_to_tell
from models.monitoring.rules.registry import decides
from models.monitoring.state import MonitoringState
from models.proceeding.registry import changed
from models.proceeding.succession import succeeded
from models.vocabulary.refusal import refuse_if
from models.vocabulary.succession import along


def brief_monitoring(
    state: MonitoringState,
    briefing: MonitoringBriefing,
    today: date,
    tells_successors: Callable[[], bool],
) -> tuple[MonitoringEvent, ...]:
    """What the registries say now of those who have a part in it; what is known already changes nothing.

    `tells_successors` says whether this monitoring writes to whoever came after a body. It is asked only
    where something passed on: being asked leaves a mark in the history.
    """
    if state.ended:
        return ()
    told = _told(state, succeeded(state, *briefing.successions), tells_successors)
    previous, now = state.authorized_body, briefing.authorized_body
    if now == previous:
        return told
    return (*told, AuthorizedBodyChanged(authorized_body=now, previous=previous, since=today))


def _told(
    state: MonitoringState, news: tuple[BodySucceeded, ...], tells_successors: Callable[[], bool]
) -> tuple[BodySucceeded, ...]:
    """Each with whom it tells; a successor that passed on itself goes before the body it came after, so that
    nobody is written to for another one."""
    passed = {event.body: event.succession() for event in news}
    after = changed(state, successions={**state.successions, **passed})
    heard = [
        event.model_copy(update={"told": whom_to_tell(state.successions, after.successions, event)})
        for event in news
    ]
    if not any(passed_on(after, event) for event in heard) or not tells_successors():
        return news
    return tuple(sorted(heard, key=lambda event: len(along(after.successions, (event.body,)))))


@decides(TakeOverMonitoring)
def take_over_monitoring(
    state: MonitoringState, command: TakeOverMonitoring, today: date
) -> tuple[Event, ...]:
    """By an act of the authorized body, where nobody came after the body that led it."""
    refuse_if(state.leading is not None, "led_by_somebody", "", organisation=state.responsible)
    own = command.actor.acts_for() == state.authorized_body
    refuse_if(not own, "not_the_authorized_body", "2", organisation=str(command.actor.acts_for()))
    return (MonitoringTakenOver(by=state.authorized_body, reason=command.reason),)
