"""A part that stands still: it lives, its connections stand, and it does nothing (SIGSTOP, then SIGCONT).

So does a machine that swaps, a virtual one that is moved, a process in a debugger.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import psutil

from local.drill.faults.fault import Kind
from local.drill.ground import Ground
from local.process import below
from local.stack import Part


@dataclass
class Stop:
    """Of a part with all that it has started: PostgreSQL is a process for each session."""

    ground: Ground
    part: Part
    lasts: tuple[float, float]
    kind = Kind.STOP
    ends: frozenset[Part] = frozenset()
    severs = False
    _stopped: list[psutil.Process] = field(default_factory=list)

    @property
    def where(self) -> str:
        return self.part.value

    async def strike(self, chance: Random) -> None:
        """The mailbox lives in this process: it takes connections, and answers no letter."""
        if self.part is Part.MAILBOX:
            self.ground.mailbox.faults.stall()
            return
        pid = self.ground.pid(self.part)
        assert pid is not None, f"{self.part} does not run"
        main = psutil.Process(pid)
        main.suspend()  # first: then it starts no more
        self._stopped = [main, *below(pid)]
        for each in self._stopped[1:]:
            with suppress(psutil.NoSuchProcess):
                each.suspend()

    async def mend(self) -> None:
        if self.part is Part.MAILBOX:
            self.ground.mailbox.faults.clear()
        for each in reversed(self._stopped):
            with suppress(psutil.NoSuchProcess):
                each.resume()
