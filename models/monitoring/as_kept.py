"""A monitoring's state, read from the text it is kept as."""

from functools import lru_cache
from typing import Final

from models.monitoring.state import MonitoringState

_REMEMBERED: Final = 64
_LONGEST: Final = 100_000
"""Characters; a state that says more is read anew each time, so that what is remembered stays small."""


def state_as_kept(written: str) -> MonitoringState:
    """The state that a text says. The same text gives the same object: values of the procedure are frozen.

    A request, the page after it and the letters it causes read one state again and again; what it says
    follows from its text alone, so nothing here can be out of date.
    """
    return _remembered(written) if len(written) <= _LONGEST else MonitoringState.model_validate_json(written)


@lru_cache(_REMEMBERED)
def _remembered(written: str) -> MonitoringState:
    return MonitoringState.model_validate_json(written)
