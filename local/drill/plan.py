"""What a drill is asked for."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

MAIL_PER_SECOND: Final = "100"
"""Letters are not what a drill waits for: at the product's usual bound it would."""


@dataclass(frozen=True)
class Plan:
    """So many kills, and at least so many lifecycles: people go on as long as parts are killed."""

    seed: int
    lifecycles: int = 100
    clients: int = 8
    kills: int = 60
    pause: tuple[float, float] = (0.5, 4.0)
    """Seconds between a service that is back and the next fault."""
    longest_pause: float = 15.0
    """Faults keep step with the lifecycles, so that none is left in peace; but are not held up for longer."""
    away: tuple[float, float] = (0.0, 2.0)
    """Seconds for which a part is away before it is started again."""
    bound: timedelta = timedelta(minutes=30)
    """What is not done by then never ends."""
    patience: float = 900.0
    """Seconds people wait for an answer, a letter, a document; one deferred three times waits ten minutes."""
