"""What a coordinator waits for when nobody else works."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Final

from benchmarks.figures import OUT, Promise, latencies, timed
from benchmarks.people import People, path_of

CALLS: Final = 100
WARM_UP: Final = 5
TOGETHER: Final = 16
ROUNDS: Final = 3
PROMISED_MS: Final = 150.0


async def measure(people: People) -> Promise:
    """Latencies one after another, and how many monitorings a second can be started."""
    number = await people.start()
    await people.begin_collection(number)
    command = await _times(lambda: people.record_activity(number))
    read = await _times(lambda: people.analyst.ask(path_of(number)))
    listed = await _times(lambda: people.analyst.ask("/api/v1/monitorings"))
    measured = (("a command", command), ("read one", read), ("list", listed))
    OUT.print(latencies("One caller", measured))
    starts = await _starts_per_second(people)
    OUT.print(f"monitorings started per second, {TOGETHER} at once: {starts:.1f}")
    kept = (median := statistics.median(command)) < PROMISED_MS
    return Promise(
        kept, f"a command's median, {median:.0f} ms, is {'' if kept else 'NOT '}under {PROMISED_MS:.0f} ms"
    )


async def _times(action: Callable[[], Awaitable[object]]) -> list[float]:
    """Milliseconds of each call, one after another; the first ones warm up and are left out."""
    return [await timed(action) for _ in range(CALLS + WARM_UP)][WARM_UP:]


async def _starts_per_second(people: People) -> float:
    begun = time.perf_counter()
    for _ in range(ROUNDS):
        await asyncio.gather(*(people.start() for _ in range(TOGETHER)))
    return ROUNDS * TOGETHER / (time.perf_counter() - begun)
