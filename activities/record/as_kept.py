"""A monitoring's state, read from the text it is kept as."""

from typing import Final

from cachetools import LRUCache

from models.monitoring.state import MonitoringState

ROOM: Final = 4_000_000
"""Characters of JSON that are remembered in all; as objects they take some ten times as many bytes."""


def state_as_kept(written: str) -> MonitoringState:
    """The state that a text says. The same text gives the same object: values of the procedure are frozen.

    A request, the page after it and the letters it causes read one state again and again; what it says
    follows from its text alone, so nothing here can be out of date. A state with a thousand items takes
    twenty milliseconds to read. Of one event loop.
    """
    return _READ.state_in(written)


class Read:
    """The texts that were read last, and their states; the ones not used longest are forgotten."""

    def __init__(self, room: int = ROOM) -> None:
        self._known: LRUCache[str, tuple[MonitoringState, int]] = LRUCache(
            room, getsizeof=lambda known: known[1]
        )

    def state_in(self, written: str) -> MonitoringState:
        """One that is longer than all that is remembered is read anew each time."""
        known = self._known.get(written)
        if known is None:
            known = MonitoringState.model_validate_json(written), len(written)
            if known[1] <= self._known.maxsize:
                self._known[written] = known
        return known[0]


_READ: Final = Read()
