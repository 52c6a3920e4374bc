"""The bad days of one drill: one fault after another, at moments that chance chooses from the seed."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Final

import httpx

from activities.bounds.within import within
from local.drill.faults.fault import Fault, Kind, Outage
from local.drill.ground import Ground
from local.drill.plan import Plan
from local.process import private_log
from local.stack import Part

BACK_SECONDS: Final = 300.0
_LOOK_SECONDS: Final = 0.2
LOG: Final = "storm.log"
"""Beside the logs of the parts: what went wrong when."""


@dataclass
class Storm:
    """The faults of one drill, and what became of them."""

    ground: Ground
    plan: Plan
    faults: Sequence[Fault]
    chance: Random
    outages: list[Outage] = field(default_factory=list)
    fell: Counter[Part] = field(default_factory=Counter)
    """Parts that ended by themselves."""

    @property
    def over(self) -> bool:
        """Whether all faults have struck and are mended."""
        return len(self.outages) >= len(self.faults)

    def counted(self) -> Counter[tuple[Kind, str]]:
        """How often each place was struck by each kind."""
        return Counter((outage.kind, outage.where) for outage in self.outages)

    async def rage(self, progress: Callable[[], float]) -> None:
        """One fault after another, in step with what people do: 1.0 is all.

        Service comes back between two of them. Raises StackError or NotInTime when it does not.
        """
        for fault in self.faults:
            await asyncio.sleep(self.chance.uniform(*self.plan.pause))
            await self._in_step(progress)
            await self._happens(fault)

    async def _in_step(self, progress: Callable[[], float]) -> None:
        clock = asyncio.get_running_loop().time
        until = clock() + self.plan.longest_pause
        while progress() * len(self.faults) < len(self.outages) and clock() < until:  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)

    async def _happens(self, fault: Fault) -> None:
        begun = datetime.now(UTC)
        await fault.strike(self.chance)
        await asyncio.sleep(self.chance.uniform(*fault.lasts))
        await within(BACK_SECONDS, fault.mend(), f"{fault.where} is mended ({fault.kind})")
        await self._looks_after(fault)
        ended = datetime.now(UTC)
        lacked: list[str] = []
        await within(BACK_SECONDS, self.ready(lacked), f"service is back after {fault.where} ({fault.kind})")
        back = (datetime.now(UTC) - ended).total_seconds()
        last = lacked[-1] if lacked else ""
        outage = Outage(fault.kind, fault.where, begun, ended, fault.severs, back, last)
        self.outages.append(outage)
        with private_log(self.ground.home / "log" / LOG) as log:
            log.write(f"{outage.told}\n".encode())

    async def _looks_after(self, fault: Fault) -> None:
        """Whatever else ended is started again, as an operator's supervisor would, and is told afterwards.

        After it is mended: what needs a part would not begin without it.
        """
        for part in self.ground.dead_parts():
            if part not in fault.ends:
                self.fell[part] += 1
            await self.ground.start(part)

    async def ready(self, lacked: list[str] | None = None) -> None:
        """Return once the service says that all it needs is there; `lacked` is told what it says until then.

        Its health is not on the ledger.
        """
        transport = httpx.AsyncHTTPTransport()  # believes whom this environment believes (SSL_CERT_FILE)
        async with httpx.AsyncClient(base_url=self.ground.api_url, timeout=5, transport=transport) as client:
            while lacks := await _lacks(client):
                if lacked is not None:
                    lacked.append(lacks)
                await asyncio.sleep(_LOOK_SECONDS)


async def _lacks(client: httpx.AsyncClient) -> str:
    """The reasons of its not being ready; nothing once it is."""
    try:
        answer = await client.get("/api/v1/health/ready")
        return "" if answer.is_success else ", ".join(answer.json().get("reasons", ["?"]))
    except (httpx.TransportError, ValueError):
        return "no answer"
