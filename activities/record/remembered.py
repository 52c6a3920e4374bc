"""States as this process recorded them last: the next entry of the same proceeding reads none of it again.

A state is known by the head of its chain: where another process has recorded meanwhile the head is another
one, and what is on record is read. Large states gain most: to read one costs more than all else.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from models.proceeding.state import Proceeding
from models.proof.chain import BEGINNING

ROOM: Final = 8_000_000
"""Letters of JSON that are remembered in all; as objects in memory they take some ten times as many bytes."""


@dataclass(frozen=True)
class Known:
    """What is recorded of a workflow: the last line, the head of its chain, the folded state."""

    seq: int = 0
    head_hash: str = BEGINNING
    state: Proceeding | None = None


class Remembered:
    """The states recorded last, by the ids of their workflows; the ones not used longest are forgotten."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._known: OrderedDict[str, tuple[Known, int]] = OrderedDict()
        self._taken = 0

    def __contains__(self, workflow_id: str) -> bool:
        return workflow_id in self._known

    def last(self, workflow_id: str) -> Known | None:
        """What was remembered, whether or not it is what is on record."""
        known, _ = self._known.get(workflow_id, (None, 0))
        return known

    def at(self, workflow_id: str, seq: int, head_hash: str) -> Known | None:
        """What was remembered, if it is what is on record."""
        known = self.last(workflow_id)
        if known is None or (known.seq, known.head_hash) != (seq, head_hash):
            return None
        self._known.move_to_end(workflow_id)
        return known

    def keep(self, workflow_id: str, known: Known, length: int) -> None:
        """Remember what is on record now; `length` is that of its state as JSON."""
        _, former = self._known.pop(workflow_id, (None, 0))
        self._known[workflow_id] = (known, length)
        self._taken += length - former
        while self._taken > self._room:
            _, (_, forgotten) = self._known.popitem(last=False)
            self._taken -= forgotten
