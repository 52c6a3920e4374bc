"""What every fault is, and what is noted of one that is over."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from random import Random
from typing import Protocol

from local.stack import Part


class Kind(StrEnum):
    """Kinds of bad days, as the figures call them."""

    KILL = "kills"
    STOP = "stops"
    CUT = "cut lines"
    SILENCE = "silent lines"
    SLOW = "slow lines"
    RESTORE = "restores"
    FULL_DISK = "full disks"
    CALENDAR = "changes of the calendar"


class Fault(Protocol):
    """Something that goes wrong, and how that ends."""

    @property
    def kind(self) -> Kind: ...

    @property
    def where(self) -> str:
        """The part, the line, the store."""
        ...

    @property
    def lasts(self) -> tuple[float, float]:
        """Seconds between the strike and the mending, the fewest and the most."""
        ...

    @property
    def ends(self) -> frozenset[Part]:
        """Parts that may end by it; any other that does has ended by itself."""
        ...

    @property
    def severs(self) -> bool:
        """Whether clients may lose their connections by it."""
        ...

    async def strike(self, chance: Random) -> None:
        """Begin."""
        ...

    async def mend(self) -> None:
        """End it: everything is as it was when this returns."""
        ...


@dataclass(frozen=True)
class Outage:
    """When something was wrong, and how long service needed to come back after it was mended."""

    kind: Kind
    where: str
    begun: datetime
    ended: datetime
    severs: bool = False
    back_seconds: float = 0.0
    lacked: str = ""
    """What the service said last that it lacked."""

    @property
    def told(self) -> str:
        """A line of a log."""
        seconds = (self.ended - self.begun).total_seconds()
        what = f"{self.begun:%F %T} {self.kind}: {self.where}"
        return f"{what}, {seconds:.1f} s, back after {self.back_seconds:.1f} s {self.lacked}".rstrip()

    def overlaps(self, begun: datetime, ended: datetime) -> bool:
        """Whether it has to do with what took from one instant to another."""
        return self.begun <= ended and begun <= self.ended
