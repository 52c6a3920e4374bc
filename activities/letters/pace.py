"""How fast letters leave: as fast as the mail server takes them, and never faster than is set.

Additive increase, multiplicative decrease, as TCP shares a line (RFC 5681): a letter that was taken raises
the pace a little, a server that says «later» or takes its time halves it. So several workers that know
nothing of each other come to equal parts of what one server takes.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Final

from activities.letters.handover import Handover
from models.letters.post import DeliveryOutcome

FIRST: Final = 10.0
"""Letters a second, until something is known of the server."""
LEAST: Final = 0.5
AT_A_STROKE_SECONDS: Final = 1.0
"""After a rest the letters of so long leave at once: three that a command causes do not queue up."""
SETTLING_SECONDS: Final = 1.0
"""What several connections hear at once is one word, not several."""
RISE: Final = 4.0
"""By so many letters a second the pace grows in a second, once the server has asked for less."""
SLOW_SECONDS: Final = 1.0
"""An answer this much later than twice the usual one asks for less, too."""
_MEMORY: Final = 0.1


class TooFarOff(Exception):
    """A letter's moment lies further off than it may wait."""


class Pace:
    """One worker's pace; `most` is the bound, in letters a second."""

    def __init__(self, most: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._most = most
        self._rate = min(FIRST, most)
        self._doubles_below = most  # so fast it once was too much; until then it doubles each second
        self._next = clock()
        self._slowed_at = clock() - SETTLING_SECONDS
        self._usual: float | None = None  # seconds in which a letter is taken

    @property
    def rate(self) -> float:
        """Letters a second, as of now."""
        return self._rate

    def bound(self, most: float) -> None:
        """From now on no faster than this."""
        self._most = most
        self._rate = min(self._rate, most)

    async def moment(self, seconds: float) -> None:
        """Wait for the moment of the next letter. Raises `TooFarOff`, and takes no place then."""
        rest = self.place(seconds)
        if rest > 0:
            await asyncio.sleep(rest)

    def place(self, seconds: float) -> float:
        """Take the next place that is not further off than this; how far off it is. Raises `TooFarOff`."""
        now = self._clock()
        place = max(self._next, now - AT_A_STROKE_SECONDS)
        if place - now > seconds:
            raise TooFarOff
        self._next = place + 1 / self._rate
        return max(0.0, place - now)

    def heard(self, verdict: Handover, seconds: float) -> None:
        """What the server said to a letter, and after how long."""
        late = self._usual is not None and seconds > 2 * self._usual + SLOW_SECONDS
        self._usual = seconds if self._usual is None else self._usual + _MEMORY * (seconds - self._usual)
        if late or verdict.asks_for_less:
            self._slow()
        elif verdict.outcome is DeliveryOutcome.ACCEPTED:
            rise = 1.0 if self._rate < self._doubles_below else RISE / self._rate
            self._rate = min(self._most, self._rate + rise)

    def _slow(self) -> None:
        now = self._clock()
        if now - self._slowed_at >= SETTLING_SECONDS:
            self._slowed_at = now
            self._rate = self._doubles_below = max(min(LEAST, self._most), self._rate / 2)
