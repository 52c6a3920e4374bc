"""What happens to the line between two parts while both are well: it is cut, silent, or slow."""

from dataclasses import dataclass
from random import Random
from typing import Final

from local.drill.faults.fault import Kind
from local.lines import Line, Lines, Pace
from local.stack import Part

DELAYS: Final = (0.02, 0.15)
"""Seconds for whatever is sent at once: a line across a continent, and a bad one."""
BYTES_PER_SECOND: Final = (50_000.0, 500_000.0)


@dataclass(frozen=True)
class Wire:
    """One of the three on one line."""

    lines: Lines
    line: Line
    kind: Kind
    lasts: tuple[float, float]
    ends: frozenset[Part] = frozenset()

    @property
    def where(self) -> str:
        return self.line.value

    @property
    def severs(self) -> bool:
        return self.line is Line.CLIENTS_API and self.kind is Kind.CUT

    async def strike(self, chance: Random) -> None:
        relay = self.lines[self.line]
        if self.kind is Kind.CUT:
            await relay.cut()
        elif self.kind is Kind.SILENCE:
            relay.fall_silent()
        else:
            relay.slow_down(Pace(chance.uniform(*DELAYS), chance.uniform(*BYTES_PER_SECOND)))

    async def mend(self) -> None:
        await self.lines[self.line].mend()
