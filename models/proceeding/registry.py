"""How folding functions are found: one per event type, registered where it is defined."""

from collections.abc import Callable
from typing import TypeVar

from models.events import Entry
from models.proceeding.state import Proceeding
from models.vocabulary.base import Model

E = TypeVar("E", bound=Model)
P = TypeVar("P", bound=Proceeding)
Fold = Callable[[P, E, Entry], P]
Folds = dict[type[Model], Callable[..., P]]


def registered(folds_of_kind: Folds[P], event: type[E]) -> Callable[[Fold[P, E]], Fold[P, E]]:
    """Declare a function as the fold of one event type in one kind of journal."""

    def register(function: Fold[P, E]) -> Fold[P, E]:
        if event in folds_of_kind:
            raise TypeError(f"{event.__name__} has two folds; the fold of an event is one function")
        folds_of_kind[event] = function
        return function

    return register


def changed(state: P, **fields: object) -> P:
    """The state with some fields replaced."""
    return state.model_copy(update=fields)
