"""What is measured, by name."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from benchmarks.parts import addressees, backlog, counts, growth, lifecycles, lists, units, waiting
from benchmarks.sheets import Measured
from benchmarks.sides.sides import Asked

PARTS: Final[Mapping[str, Callable[[Asked], Awaitable[Measured]]]] = {
    "lifecycles": lifecycles.measure,
    "units": units.measure,
    "counts": counts.measure,
    "growth": growth.measure,
    "lists": lists.measure,
    "addressees": addressees.measure,
    "backlog": backlog.measure,
    "waiting": waiting.measure,
}
