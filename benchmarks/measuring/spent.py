"""What a piece of work took: wall time, processor time by part, and the time of each call."""

import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.measuring.families import PARTS, Part, Used, used


@dataclass(frozen=True)
class Spent:
    """Of `count` units: seconds by the clock, seconds of a core by part, and milliseconds of each call."""

    count: int
    wall: float
    cpu: Used
    calls: tuple[float, ...] = ()

    @property
    def per_second(self) -> float:
        """Units a second."""
        return self.count / self.wall

    @property
    def cpu_each(self) -> float:
        """Seconds of a core for one unit, all parts."""
        return self.cpu.total / self.count

    def part_each(self, part: Part) -> float:
        """Seconds of a core for one unit, of one part."""
        return self.cpu.seconds.get(part, 0.0) / self.count

    @property
    def median_ms(self) -> float:
        """Median of the calls, milliseconds."""
        return statistics.median(self.calls)


@dataclass
class Watch:
    """Notes what is spent while it is open: `async with Watch(roots) as watch: … watch.spent(count)`."""

    roots: Mapping[Part, int]
    calls: list[float] = field(default_factory=list)
    _begun: float = 0.0
    _before: Used | None = None

    async def __aenter__(self) -> "Watch":
        self._before, self._begun = used(self.roots), time.perf_counter()
        return self

    async def __aexit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed:  # whoever failed may be gone by now
            return
        self._wall = time.perf_counter() - self._begun
        assert self._before is not None
        self._cpu = used(self.roots).since(self._before)

    async def call(self, action: Callable[[], Awaitable[object]]) -> None:
        """One call, timed."""
        begun = time.perf_counter()
        await action()
        self.calls.append((time.perf_counter() - begun) * 1000)

    def spent(self, count: int, wall: float | None = None) -> Spent:
        """Of so many units, once the watch is closed. `wall` where less than the whole window counts."""
        return Spent(count, wall or self._wall, self._cpu, tuple(self.calls))


def middle(rounds: Sequence[Spent]) -> Spent:
    """The median of rounds of the same work, figure by figure; the calls of all rounds together."""
    count = rounds[0].count
    assert all(spent.count == count for spent in rounds), "rounds of the same work"
    seconds = {
        part: statistics.median(spent.cpu.seconds[part] for spent in rounds)
        for part in PARTS
        if part in rounds[0].cpu.seconds
    }
    calls = tuple(call for spent in rounds for call in spent.calls)
    return Spent(count, statistics.median(spent.wall for spent in rounds), Used(seconds), calls)
