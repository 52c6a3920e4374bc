"""Whoever coordinates a monitoring changes."""

from models.events import Entry, MonitoringReassigned
from models.monitoring.fold.registry import folds
from models.monitoring.handing import Coordinator
from models.monitoring.state import MonitoringState
from models.proceeding.registry import changed


@folds(MonitoringReassigned)
def monitoring_reassigned(state: MonitoringState, event: MonitoringReassigned, _: Entry) -> MonitoringState:
    return changed(state, handed_to=Coordinator(account=event.to, organisation=event.organisation))
