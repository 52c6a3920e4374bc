"""The folds of a monitoring: one per event type, registered where it is defined."""

from collections.abc import Callable

from models.monitoring.state import MonitoringState
from models.proceeding.registry import E, Fold, Folds, registered

FOLDS: Folds[MonitoringState] = {}


def folds(event: type[E]) -> Callable[[Fold[MonitoringState, E]], Fold[MonitoringState, E]]:
    """Declare a function as the fold of one event type of a monitoring."""
    return registered(FOLDS, event)
