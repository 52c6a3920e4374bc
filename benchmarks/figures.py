"""Figures as they are printed, and what was promised of them."""

import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.table import Table

OUT: Final = Console()


@dataclass(frozen=True)
class Promise:
    """What the product promises, said with the figure that was measured."""

    kept: bool
    sentence: str


async def timed(action: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds of one call."""
    begun = time.perf_counter()
    await action()
    return (time.perf_counter() - begun) * 1000


def latencies(title: str, measured: Sequence[tuple[str, Sequence[float]]]) -> Table:
    """Median, 95th percentile and worst of milliseconds, a line each."""
    table = Table("what", "calls", "median ms", "p95 ms", "worst ms", title=title, title_justify="left")
    for words, times in measured:
        figures = (statistics.median(times), p95(times), max(times))
        table.add_row(words, str(len(times)), *(f"{figure:.1f}" for figure in figures))
    return table


def p95(times: Sequence[float]) -> float:
    """The 95th percentile; of a single time, that time."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
