"""How folding functions are found: one per event type, registered where it is defined."""

from collections.abc import Callable
from typing import TypeVar

from models.base import Model
from models.events import Entry
from models.state import MonitoringState

E = TypeVar("E", bound=Model)
Fold = Callable[[MonitoringState, E, Entry], MonitoringState]
FOLDS: dict[type[Model], Callable[..., MonitoringState]] = {}


def folds(event: type[E]) -> Callable[[Fold[E]], Fold[E]]:
    """Declare a function as the fold of one event type."""

    def register(function: Fold[E]) -> Fold[E]:
        if event in FOLDS:
            raise TypeError(f"{event.__name__} has two folds; the fold of an event is one function")
        FOLDS[event] = function
        return function

    return register


def changed(state: MonitoringState, **fields: object) -> MonitoringState:
    """The state with some fields replaced."""
    return state.model_copy(update=fields)
