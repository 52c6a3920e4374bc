"""Bodies that come and go while a monitoring runs (beyond the Rules; rule 2: the authorized body)."""

from datetime import date

from models.commands import TakeOverMonitoring
from models.events import AuthorizedBodyChanged, Event, MonitoringEvent, MonitoringTakenOver
from models.monitoring.briefing import MonitoringBriefing
from models.monitoring.rules.registry import decides
from models.monitoring.state import MonitoringState
from models.proceeding.succession import succeeded
from models.vocabulary.refusal import refuse_if


def brief_monitoring(
    state: MonitoringState, briefing: MonitoringBriefing, today: date
) -> tuple[MonitoringEvent, ...]:
    """What the registries say now of those who have a part in it; what is known already changes nothing."""
    if state.ended:
        return ()
    told = succeeded(state, *briefing.successions)
    previous, now = state.authorized_body, briefing.authorized_body
    if now == previous:
        return told
    return (*told, AuthorizedBodyChanged(authorized_body=now, previous=previous, since=today))


@decides(TakeOverMonitoring)
def take_over_monitoring(
    state: MonitoringState, command: TakeOverMonitoring, today: date
) -> tuple[Event, ...]:
    """By an act of the authorized body, where nobody came after the body that led it."""
    refuse_if(state.leading is not None, "led_by_somebody", "", organisation=state.responsible)
    own = command.actor.acts_for() == state.authorized_body
    refuse_if(not own, "not_the_authorized_body", "2", organisation=str(command.actor.acts_for()))
    return (MonitoringTakenOver(by=state.authorized_body, reason=command.reason),)
