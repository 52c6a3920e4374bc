"""A changed calendar under many open monitorings: how soon it reaches all, and who waits meanwhile."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from pydantic import TypeAdapter

from benchmarks.calling.people import People, path_of
from benchmarks.measuring.spent import Spent, Watch
from benchmarks.sheets import Promise, Rows, Sheet
from benchmarks.sides.product import Product
from local.samples import load_calendar
from models.calendar.working import WorkingCalendar
from models.vocabulary.base import Model

PROMISED_SECONDS: Final = 60.0
PAUSE_SECONDS: Final = 0.5
GIVEN_UP_SECONDS: Final = 300.0
TOGETHER: Final = 16
CALENDAR: Final = "/api/v1/calendar"
ASKED: Final = "information_request"
REACHED: Final = (
    "SELECT count(DISTINCT workflow_id) FROM journal "
    "WHERE type = 'deadline_moved' AND event->'deadline'->>'calendar' = %s"
)


class SeenDeadline(Model):
    """What is read of a deadline."""

    subject_kind: str
    anchor: date
    due_on: date


SEEN: Final = TypeAdapter(list[SeenDeadline])
Due = Mapping[str, SeenDeadline]


@dataclass(frozen=True)
class Moved:
    """One day that was declared: what it took until every deadline had moved, and what people waited for."""

    kind: str
    spent: Spent
    right: int
    meanwhile: Mapping[str, tuple[float, ...]]

    @property
    def promise(self) -> Promise:
        """All of them, by exactly one working day, in time."""
        count, passed = self.spent.count, self.spent.wall
        kept = passed < PROMISED_SECONDS and self.right == count
        return Promise(
            kept,
            f"a {self.kind} moved {self.right:,} of {count:,} deadlines by exactly one working day in "
            f"{passed:.1f} s, {'' if kept else 'NOT '}all within {PROMISED_SECONDS:.0f} s",
        )


async def change_the_calendar(
    product: Product, people: People, numbers: tuple[str, ...]
) -> tuple[Moved, ...]:
    """A closure day is declared and every deadline moves on; a Saturday is, and every one moves back."""
    before = await _deadlines(people, numbers)
    calendar = load_calendar().working_calendar()
    asked_on = max(deadline.anchor for deadline in before.values())
    closed = calendar.add_working_days(asked_on, 2)
    saturday = _saturday(calendar, closed)
    assert saturday < min(d.due_on for d in before.values()), "every deadline crosses both days"
    later = {number: calendar.next_working_day(d.due_on) for number, d in before.items()}
    back = {number: deadline.due_on for number, deadline in before.items()}
    return (
        await _declared(product, people, closed, "closure", later),
        await _declared(product, people, saturday, "working_weekend", back),
    )


def moved_sheet(count: int, moved: Mapping[str, tuple[Moved, ...]]) -> Sheet:
    """Both days, by build."""
    rows = Rows(tuple(moved))
    for turn in range(2):
        days = {label: each[turn] for label, each in moved.items()}
        kind = next(iter(days.values())).kind.replace("_", " ")
        rows.add(f"{kind}: seconds until all have moved", {k: d.spent.wall for k, d in days.items()})
        rows.add(f"{kind}: CPU-seconds", {k: d.spent.cpu.total for k, d in days.items()})
        for what in ("a command", "read one", "list"):
            medians = {k: statistics.median(d.meanwhile[what]) for k, d in days.items()}
            rows.add(f"{kind}: {what} meanwhile, median ms", medians)
    return rows.sheet(
        f"A changed calendar reaches {count:,} open monitorings",
        "Each gets its event and its letter. Meanwhile two people read and one gives commands, each again "
        "half a second after an answer.",
    )


async def _declared(
    product: Product, people: People, on: date, kind: str, expected: Mapping[str, date]
) -> Moved:
    """Declare one day, and wait until each monitoring has its new due day on record."""
    meanwhile: dict[str, list[float]] = {}
    busy, numbers = asyncio.Event(), tuple(expected)
    async with Watch(product.roots) as watch:
        callers = asyncio.create_task(_call(people, numbers, meanwhile, busy))
        edition = await _declare(people, on, kind)
        begun = time.perf_counter()
        try:
            await product.until(REACHED, len(numbers), GIVEN_UP_SECONDS, edition)
        finally:
            passed = time.perf_counter() - begun
            busy.set()
            await callers
    after = await _deadlines(people, numbers)
    right = sum(after[number].due_on == expected[number] for number in numbers)
    waited = {what: tuple(times) for what, times in meanwhile.items()}
    return Moved(kind, watch.spent(len(numbers), passed), right, waited)


async def _declare(people: People, on: date, kind: str) -> str:
    """The administrator's command; returns the new edition's id."""
    in_use = await people.administrator.ask(CALENDAR)
    names = {"kk": "Өлшеу күні", "ru": "День замера", "en": "Day of a measurement"}
    day = {"on": on.isoformat(), "kind": kind, "names": names, "act": "order 1"}
    body: dict[str, object] = {"declare": [day], "reason": "A measurement."}
    answer = await people.administrator.post(f"{CALENDAR}/days", body, in_use.headers["ETag"])
    return answer.headers["ETag"].strip('"')


async def _call(
    people: People, numbers: tuple[str, ...], times: dict[str, list[float]], busy: asyncio.Event
) -> None:
    """Two readers and one coordinator, each again half a second after an answer."""

    async def again(what: str, action: Callable[[str], Awaitable[object]]) -> None:
        turn = 0
        while turn == 0 or not busy.is_set():
            turn += 1
            begun = time.perf_counter()
            await partial(action, numbers[turn * 37 % len(numbers)])()
            times.setdefault(what, []).append((time.perf_counter() - begun) * 1000)
            await asyncio.sleep(PAUSE_SECONDS)

    await asyncio.gather(
        again("a command", people.record_activity),
        again("read one", people.read),
        again("list", lambda _: people.list()),
    )


async def _deadlines(people: People, numbers: tuple[str, ...]) -> Due:
    """The one deadline of each monitoring, as the API tells it."""
    gate = asyncio.Semaphore(TOGETHER)

    async def asked(number: str) -> SeenDeadline:
        async with gate:
            answer = await people.analyst.ask(f"{path_of(number)}/deadlines")
        (deadline,) = [each for each in SEEN.validate_json(answer.content) if each.subject_kind == ASKED]
        return deadline

    return dict(zip(numbers, await asyncio.gather(*map(asked, numbers)), strict=True))


def _saturday(calendar: WorkingCalendar, after: date) -> date:
    """The next Saturday nobody works on."""
    day = after + timedelta(days=(5 - after.weekday()) % 7 or 7)
    while calendar.is_working(day) or day in calendar.closed:
        day += timedelta(days=7)
    return day
