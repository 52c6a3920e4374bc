"""Sudden death of a part; it is started again with the same data and port."""

import asyncio
from dataclasses import dataclass
from random import Random

from local.drill.faults.fault import Kind
from local.drill.ground import Ground
from local.stack import Part


@dataclass(frozen=True)
class Kill:
    """SIGKILL."""

    ground: Ground
    part: Part
    lasts: tuple[float, float]
    kind = Kind.KILL

    @property
    def where(self) -> str:
        return self.part.value

    @property
    def ends(self) -> frozenset[Part]:
        return frozenset({self.part})

    @property
    def severs(self) -> bool:
        return self.part is Part.API

    async def strike(self, chance: Random) -> None:
        """The mailbox lives in this process: every second time it dies after it has taken a letter and before
        it has said so, which a process of its own would do at its worst moment."""
        if self.part is Part.MAILBOX and chance.random() < 0.5:
            self.ground.mailbox.faults.lose_answers = 1
            await self._answer_is_lost()
        await self.ground.kill(self.part)

    async def mend(self) -> None:
        """Start it; what it does wrong no more is forgotten."""
        if self.part is Part.MAILBOX:
            self.ground.mailbox.faults.clear()
        await self.ground.start(self.part)

    async def _answer_is_lost(self) -> None:
        """Wait a moment for the letter whose answer is lost; perhaps none comes."""
        for _ in range(20):
            if not self.ground.mailbox.faults.lose_answers:
                return
            await asyncio.sleep(0.1)
