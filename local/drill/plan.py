"""What a drill is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from local.drill.faults.fault import Kind

MAIL_PER_SECOND: Final = "100"
"""Letters are not what a drill waits for: at the product's usual bound it would."""

LASTS: Final[Mapping[Kind, tuple[float, float]]] = {
    Kind.KILL: (0.0, 2.0),
    Kind.STOP: (1.0, 8.0),
    Kind.CUT: (0.0, 4.0),
    Kind.SILENCE: (1.0, 12.0),
    Kind.SLOW: (4.0, 12.0),
    Kind.RESTORE: (3.0, 8.0),
    Kind.FULL_DISK: (4.0, 15.0),
}
"""Seconds until each is mended, the fewest and the most; of a restore those that are lost by it.

The API waits 8 s for a command and 30 s for a statement: some outlast the one, none the other."""


@dataclass(frozen=True)
class Plan:
    """So many faults, and at least so many lifecycles: people go on as long as something goes wrong."""

    seed: int
    lifecycles: int = 100
    clients: int = 8
    faults: Mapping[Kind, int] = field(default_factory=lambda: {Kind.KILL: 60})
    pause: tuple[float, float] = (0.5, 4.0)
    """Seconds between a service that is back and the next fault."""
    longest_pause: float = 15.0
    """Faults keep step with the lifecycles, so that none is left in peace; but are not held up for longer."""
    haste: float = 1.0
    """Faults last so many times as long as they usually do."""
    bound: timedelta = timedelta(minutes=30)
    """What is not done by then never ends."""
    patience: float = 900.0
    """Seconds people wait for an answer, a letter, a document; one deferred three times waits ten minutes."""

    def lasts(self, kind: Kind) -> tuple[float, float]:
        fewest, most = LASTS[kind]
        return fewest * self.haste, most * self.haste
