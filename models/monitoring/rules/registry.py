"""How the function that decides a command is found: one per command type, registered where it is defined."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from models.commands.command import Command
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model

C = TypeVar("C", bound=Command)
Decides = Callable[[MonitoringState, C, date], tuple[Model, ...]]
RULES: dict[type[Command], Callable[..., tuple[Model, ...]]] = {}


def decides(command: type[C]) -> Callable[[Decides[C]], Decides[C]]:
    """Declare a function as the decision on one command type."""

    def register(function: Decides[C]) -> Decides[C]:
        if command in RULES:
            raise TypeError(f"{command.__name__} is decided twice; the decision on a command is one function")
        RULES[command] = function
        return function

    return register
