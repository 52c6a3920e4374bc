"""What it costs to wait: memory and processor time of many open monitorings, a worker's return."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from activities.bounds.within import within
from benchmarks.calling.people import People
from benchmarks.measuring.families import Part, memory, used
from benchmarks.parts.calendar import Moved, change_the_calendar, moved_sheet
from benchmarks.sheets import OUT, Measured, Promise, Rows
from benchmarks.sides.product import Product
from benchmarks.sides.sides import Asked, alone

MONITORINGS: Final = 1000
"""A calendar is changed among so many at most: it takes a minute for each thousand."""
TOGETHER: Final = 16
SETTLING_SECONDS: Final = 8.0
"""What was asked for before (the duties of a fresh registry among it) is done by then."""
WINDOW_SECONDS: Final = 30.0
LETTERS_SECONDS: Final = 1800.0
AWAY_SECONDS: Final = 120.0
PROMISED_PERCENT: Final = 5.0
"""Of one core: what all monitorings together may add to a system that waits."""
SENT: Final = "SELECT count(*) FROM journal WHERE type = 'letter_sent'"
SERVED: Final[tuple[Part, ...]] = (Part.API, Part.WORKER, Part.TEMPORAL, Part.POSTGRES)


@dataclass(frozen=True)
class Idle:
    """A window in which nobody asks for anything: percent of one core and MiB, by part."""

    percent: Mapping[Part, float]
    mebibytes: Mapping[Part, float]

    @property
    def total(self) -> float:
        """Of the whole stack, percent of one core."""
        return sum(self.percent.values())


@dataclass(frozen=True)
class Waited:
    """Of one build."""

    count: int
    opening_seconds: float
    empty: Idle
    full: Idle
    back_seconds: float
    moved: tuple[Moved, ...]


async def measure(asked: Asked) -> Measured:
    """One build after the other, each alone on the machine."""
    waited: dict[str, Waited] = {}
    for build in asked.builds:
        async with alone(asked, "waiting", build) as product:
            waited[build.label] = await _waits(product, asked.monitorings, asked.quick)
    count = asked.monitorings
    empty = {label: each.empty for label, each in waited.items()}
    full = {label: each.full for label, each in waited.items()}
    rows = Rows(asked.labels)
    speed = {label: 3 * count / each.opening_seconds for label, each in waited.items()}
    rows.add("commands a second while they were opened", speed)
    for part in SERVED:
        none, many = ({k: at.mebibytes[part] for k, at in each.items()} for each in (empty, full))
        rows.add(f"{part.value}, MiB with none", none)
        rows.add(f"{part.value}, MiB with {count:,}", many)
    for what, idle in (("none", empty), (f"{count:,}", full)):
        rows.add(f"idle, % of a core with {what}", {label: each.total for label, each in idle.items()})
        for part in SERVED:
            rows.add(f"· {part.value}", {label: each.percent[part] for label, each in idle.items()})
    back = {label: each.back_seconds for label, each in waited.items()}
    rows.add("seconds until a killed worker's successor answers", back)
    sheet = rows.sheet(
        f"{count:,} waiting monitorings",
        f"Each awaits an answer, its letter has left; {TOGETHER} were opened at once. Memory is the "
        "proportional set size of whole families. The worker is killed and started again; the seconds run "
        "from its death to the answer of a command that was sent at once.",
    )
    sheets = [sheet]
    if count <= MONITORINGS:
        sheets.append(moved_sheet(count, {label: each.moved for label, each in waited.items()}))
    now = waited[asked.labels[-1]]
    return Measured(sheets, [_adds_nothing(now), *(moved.promise for moved in now.moved)])


async def _waits(product: Product, count: int, quick: bool) -> Waited:
    people = People(product)
    window = 3.0 if quick else WINDOW_SECONDS
    empty = await _idle(product, window)
    begun = time.perf_counter()
    numbers = await _opened(people, count)
    opening = time.perf_counter() - begun
    OUT.print(f"{product.label}: {count:,} opened in {opening:.0f} s")
    await product.until(SENT, count, LETTERS_SECONDS)
    full = await _idle(product, window)
    moved = await change_the_calendar(product, people, numbers) if count <= MONITORINGS else ()
    return Waited(count, opening, empty, full, await _comes_back(product, people, numbers[0]), moved)


async def _opened(people: People, count: int) -> tuple[str, ...]:
    """Numbers of monitorings that each await an answer from a holder, in working days."""
    gate = asyncio.Semaphore(TOGETHER)

    async def opened() -> str:
        async with gate:
            number = await people.begun()
            await people.ask_for_information(number)
            return number

    return tuple(await asyncio.gather(*(opened() for _ in range(count))))


async def _idle(product: Product, seconds: float) -> Idle:
    await asyncio.sleep(SETTLING_SECONDS)
    roots = {part: pid for part, pid in product.roots.items() if part in SERVED}
    before, begun = used(roots), time.monotonic()
    await asyncio.sleep(seconds)
    spent, passed = used(roots).since(before), time.monotonic() - begun
    return Idle({part: cpu / passed * 100 for part, cpu in spent.seconds.items()}, memory(roots))


async def _comes_back(product: Product, people: People, number: str) -> float:
    """Kill the worker, start another, and send a command until it is answered."""
    begun = time.perf_counter()
    await product.does("kill", "worker")

    asking = asyncio.create_task(people.record_activity(number))  # repeated as long as it is not answered
    await product.does("start", "worker")
    await within(AWAY_SECONDS, _done(asking), "the command is answered")
    return time.perf_counter() - begun


async def _done(task: asyncio.Task[None]) -> None:
    await task


def _adds_nothing(waited: Waited) -> Promise:
    """The system without monitorings has keepers, pulses and the servers' own pollers; these add none."""
    added = waited.full.total - waited.empty.total
    kept = added < PROMISED_PERCENT
    return Promise(
        kept,
        f"{waited.count:,} open monitorings add {added:+.1f} % of one core to an idle system, "
        f"{'' if kept else 'NOT '}less than {PROMISED_PERCENT:.0f} %",
    )
