"""What a drill is fought on: the stack of one machine, or the cluster with two of a kind."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from local.demo.theatre import House
from local.lines import Lines
from local.stack import Part


class Ground(House, Protocol):
    """Parts that can be killed, and what those who judge need to know."""

    @property
    def settings(self) -> Mapping[str, str]: ...

    @property
    def lines(self) -> Lines | None:
        """The lines between its parts, where they can be cut."""
        ...

    def pid(self, part: Part) -> int | None:
        """Of a part's program, or of one of its kind, while it runs."""
        ...

    async def kill(self, part: Part) -> None:
        """Sudden death of a part, or of one of its kind."""
        ...

    async def start(self, part: Part) -> None:
        """What is dead of a part works again when this returns."""
        ...

    def dead_parts(self) -> Sequence[Part]: ...
