"""What goes wrong in a drill: one fault after another, at moments that chance chooses from the seed."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Final, Protocol

import httpx

from activities.bounds.within import within
from local.drill.plan import Plan
from local.stack import ALL_PARTS, Part, Stack

BACK_SECONDS: Final = 120.0
_LOOK_SECONDS: Final = 0.2


class Fault(Protocol):
    """Something that goes wrong with one part, and how that ends."""

    @property
    def part(self) -> Part: ...

    async def strike(self, stack: Stack, chance: random.Random) -> None:
        """Begin."""
        ...

    async def mend(self, stack: Stack) -> None:
        """End it: the part is as it was when this returns."""
        ...


@dataclass(frozen=True)
class Kill:
    """Sudden death; the part is started again with the same data and port."""

    part: Part

    async def strike(self, stack: Stack, chance: random.Random) -> None:
        """SIGKILL. The mailbox lives in this process: every second time it dies after it has taken a letter
        and before it has said so, which a process of its own would do at its worst moment."""
        if self.part is Part.MAILBOX and chance.random() < 0.5:
            stack.mailbox.faults.lose_answers = 1
            await _answer_is_lost(stack)
        await stack.kill(self.part)

    async def mend(self, stack: Stack) -> None:
        """Start it; what it does wrong no more is forgotten."""
        if self.part is Part.MAILBOX:
            stack.mailbox.faults.clear()
        await stack.start(self.part)


@dataclass(frozen=True)
class Outage:
    """When something was wrong with a part."""

    part: Part
    begun: datetime
    ended: datetime

    def overlaps(self, begun: datetime, ended: datetime) -> bool:
        """Whether it has to do with what took from one instant to another."""
        return self.begun <= ended and begun <= self.ended


@dataclass
class Storm:
    """The faults of one drill, and what became of them."""

    stack: Stack
    plan: Plan
    outages: list[Outage] = field(default_factory=list)
    fell: Counter[Part] = field(default_factory=Counter)
    """Parts that ended by themselves."""

    def __post_init__(self) -> None:
        self._chance = random.Random(self.plan.seed)

    @property
    def over(self) -> bool:
        """Whether as many faults have struck as were asked for."""
        return len(self.outages) >= self.plan.kills

    def kills(self) -> Counter[Part]:
        return Counter(outage.part for outage in self.outages)

    async def rage(self, progress: Callable[[], float]) -> None:
        """One fault after another, as many as were asked for, in step with what people do: 1.0 is all.

        Service comes back between two of them. Raises StackError or NotInTime when it does not.
        """
        for fault in islice(self._faults(), self.plan.kills):
            await asyncio.sleep(self._chance.uniform(*self.plan.pause))
            await self._in_step(progress)
            await self._happens(fault)
            await within(BACK_SECONDS, self.ready(), f"service is back after {fault.part} was killed")

    async def _in_step(self, progress: Callable[[], float]) -> None:
        clock = asyncio.get_running_loop().time
        until = clock() + self.plan.longest_pause
        while progress() * self.plan.kills < len(self.outages) and clock() < until:  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)

    def _faults(self) -> Iterator[Fault]:
        """Each part once in every round, in an order of its own."""
        while True:
            yield from map(Kill, self._chance.sample(ALL_PARTS, len(ALL_PARTS)))

    async def _happens(self, fault: Fault) -> None:
        begun = datetime.now(UTC)
        await fault.strike(self.stack, self._chance)
        await asyncio.sleep(self._chance.uniform(*self.plan.away))
        await self._looks_after(fault)
        await within(BACK_SECONDS, fault.mend(self.stack), f"{fault.part} is there again")
        self.outages.append(Outage(fault.part, begun, datetime.now(UTC)))

    async def _looks_after(self, fault: Fault) -> None:
        """Whatever else ended is started again, as an operator's supervisor would, and is told afterwards."""
        for part in self.stack.dead_parts():
            if part is not fault.part:
                self.fell[part] += 1
                await self.stack.start(part)

    async def ready(self) -> None:
        """Return once the service says that all it needs is there. Its health is not on the ledger."""
        async with httpx.AsyncClient(base_url=self.stack.api_url, timeout=5, trust_env=False) as client:
            while not await _ready(client):  # noqa: ASYNC110
                await asyncio.sleep(_LOOK_SECONDS)


async def _ready(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/api/v1/health/ready")).is_success
    except httpx.TransportError:
        return False


async def _answer_is_lost(stack: Stack) -> None:
    """Wait a moment for the letter whose answer is lost; perhaps none comes."""
    for _ in range(20):
        if not stack.mailbox.faults.lose_answers:
            return
        await asyncio.sleep(0.1)
