"""States as this process recorded them last: the next entry of the same proceeding reads none of it again.

A state is known by the head of its chain: where another process has recorded meanwhile the head is another
one, and what is on record is read. Large states gain most: to read one costs more than all else.
"""

from dataclasses import dataclass
from typing import Final

from cachetools import LRUCache

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
        self._known: LRUCache[str, tuple[Known, int]] = LRUCache(room, getsizeof=lambda held: held[1])

    def __contains__(self, workflow_id: str) -> bool:
        return workflow_id in self._known

    def last(self, workflow_id: str) -> Known | None:
        """What was remembered, whether or not it is what is on record."""
        held = self._known.get(workflow_id)
        return held and held[0]

    def at(self, workflow_id: str, seq: int, head_hash: str) -> Known | None:
        """What was remembered, if it is what is on record."""
        known = self.last(workflow_id)
        return known if known and (known.seq, known.head_hash) == (seq, head_hash) else None

    def keep(self, workflow_id: str, known: Known, length: int) -> None:
        """Remember what is on record now; `length` is that of its state as JSON."""
        if length > self._known.maxsize:
            self._known.pop(workflow_id, None)
        else:
            self._known[workflow_id] = (known, length)
