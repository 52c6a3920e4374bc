"""Bodies that come and go while a monitoring runs: what was done stays, who stands for whom changes."""

from models.events import AuthorizedBodyChanged, BodySucceeded, Entry, MonitoringTakenOver
from models.monitoring.fold.letters import dispatched_if_complete
from models.monitoring.fold.registry import folds
from models.monitoring.state import MonitoringState
from models.proceeding import fold as proceeding
from models.proceeding.registry import changed


@folds(BodySucceeded)
def body_succeeded(state: MonitoringState, event: BodySucceeded, entry: Entry) -> MonitoringState:
    """What waited for nobody but that body is complete without it."""
    return dispatched_if_complete(proceeding.body_succeeded(state, event, entry))


@folds(AuthorizedBodyChanged)
def authorized_body_changed(
    state: MonitoringState, event: AuthorizedBodyChanged, _: Entry
) -> MonitoringState:
    """Rules 17-19: from here on the report goes to whoever holds the office."""
    return changed(state, authorized_body=event.authorized_body)


@folds(MonitoringTakenOver)
def monitoring_taken_over(state: MonitoringState, event: MonitoringTakenOver, _: Entry) -> MonitoringState:
    return changed(state, taken_over_by=event.by)
