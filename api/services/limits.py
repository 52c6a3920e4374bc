"""How much one address, account or letter may do at once, how often, and how soon after it was wrong.

All of it counts in this process alone: each takes as much as it can bear. What would reach others, letters
above all, is counted for all processes together (`api/services/shared_pace.py`). A key says whose it is, its
kind first: `link/…`, `account/…`, `address/…`.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

_REMEMBERED: Final = 10_000
BODIES_AT_ONCE: Final = {"link": 8, "account": 64, "address": 256, "stranger": 32}
WORKS_AT_ONCE: Final = {"account": 40, "all": 200}
WAITS_AT_ONCE: Final = {"account": 4, "all": 200}
"""Requests that wait for an event."""
_RETRY_SECONDS: Final = 20
STAFF_FORMS: Final = 240
"""Forms of one account in five minutes: whoever enters content piece by piece sends one in some seconds."""

PROVIDER_VISITS_FROM: Final = 200
_VISITS_WINDOW: Final = 900.0

PART_FORMS: Final = 240
"""Pages of one long answer: a few colleagues may fill it in together."""


class TooMany(Exception):
    """A limit is reached; it may be tried again after so many seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"again in {retry_after} s")
        self.retry_after = retry_after


class Pace:
    """How often something may be done: enough for the busiest person, too little for a program."""

    def __init__(
        self, limit: int = 60, window: float = 300.0, clock: Callable[[], float] = monotonic
    ) -> None:
        self._limit, self._window, self._clock = limit, window, clock
        self._done: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, whose: str) -> None:
        """Count one more. Raises TooMany when `whose` was too fast."""
        now = self._clock()
        times = self._done.pop(whose, deque(maxlen=self._limit))
        self._done[whose] = times  # newest last, so that the oldest can be forgotten
        if len(self._done) > _REMEMBERED:
            self._done.popitem(last=False)
        if len(times) == self._limit and now - times[0] < self._window:
            raise TooMany(int(self._window - (now - times[0])) + 1)
        times.append(now)


class AtOnce:
    """How many of a kind may be under way at the same time."""

    def __init__(self, limits: Mapping[str, int], retry_after: int = _RETRY_SECONDS) -> None:
        self._limits, self._retry_after = dict(limits), retry_after
        self._under_way: dict[str, int] = {}

    def under_way(self) -> Mapping[str, int]:
        """How many, by key."""
        return dict(self._under_way)

    @contextmanager
    def place(self, *whose: str) -> Iterator[None]:
        """Hold a place for each key while something is under way. Raises TooMany where one is full."""
        if any(self._under_way.get(key, 0) >= self._limits[key.partition("/")[0]] for key in whose):
            raise TooMany(self._retry_after)
        for key in whose:
            self._under_way[key] = self._under_way.get(key, 0) + 1
        try:
            yield
        finally:
            for key in whose:
                self._under_way[key] -= 1
                if not self._under_way[key]:
                    del self._under_way[key]


class Brake:
    """What follows from being wrong: the next tries wait a little, and wrong ones are told to come later.

    Nobody is locked out. Whoever is right is never refused: what was right before does not wait, anything
    else `longest` seconds at most.
    """

    def __init__(
        self,
        free: int = 10,
        told: int = 30,
        window: float = 60.0,
        longest: float = 2.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._free, self._told, self._window, self._longest = free, told, window, longest
        self._clock = clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self._right: OrderedDict[str, None] = OrderedDict()

    def pause(self, address: str, subject: str) -> float:
        """How many seconds a try is to wait before it is looked at."""
        over = max(self._lately(address), self._lately(subject)) - self._free
        if over < 0 or subject in self._right:
            return 0.0
        return float(min(0.1 * 2 ** min(over, 10), self._longest))

    def wrong(self, address: str, subject: str) -> None:
        """Count a wrong try. Raises TooMany where there were so many that this is all it is told."""
        self._right.pop(subject, None)
        for key in (address, subject):
            times = self._wrong.pop(key, deque(maxlen=self._told))
            times.append(self._clock())
            self._wrong[key] = times
        while len(self._wrong) > _REMEMBERED:
            self._wrong.popitem(last=False)
        if max(self._lately(address), self._lately(subject)) >= self._told:
            raise TooMany(int(self._window))

    def right(self, subject: str) -> None:
        """Remember what was right."""
        self._right[subject] = None
        self._right.move_to_end(subject)
        while len(self._right) > _REMEMBERED:
            self._right.popitem(last=False)

    def _lately(self, key: str) -> int:
        since = self._clock() - self._window
        return sum(at > since for at in self._wrong.get(key, ()))


@dataclass(frozen=True)
class Limits:
    """The limits of one process."""

    forms: Pace = field(default_factory=Pace)
    parts: Pace = field(default_factory=lambda: Pace(PART_FORMS))
    staff_forms: Pace = field(default_factory=lambda: Pace(STAFF_FORMS))
    bodies: AtOnce = field(default_factory=lambda: AtOnce(BODIES_AT_ONCE))
    works: AtOnce = field(default_factory=lambda: AtOnce(WORKS_AT_ONCE))
    waits: AtOnce = field(default_factory=lambda: AtOnce(WAITS_AT_ONCE))
    wrong: Brake = field(default_factory=Brake)
    visits_from: Pace = field(default_factory=lambda: Pace(PROVIDER_VISITS_FROM, _VISITS_WINDOW))
