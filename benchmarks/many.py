"""A changed calendar under many open monitorings: how soon it reaches all, and who waits meanwhile."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Final

from sqlmodel import col, func, select

from activities.database.sessions import Sessions
from benchmarks.figures import OUT, Promise, latencies, timed
from benchmarks.idle import seconds_used
from benchmarks.people import People, path_of
from local.samples import load_calendar
from local.stack import Stack
from models.agenda.deadline import Deadline, DeadlineSubject
from models.calendar.day import CalendarDayKind
from models.calendar.working import WorkingCalendar
from models.monitoring.state import MonitoringState
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import monitoring_workflow_id

PROMISED_SECONDS: Final = 60.0
PAUSE_SECONDS: Final = 0.5
GIVEN_UP_SECONDS: Final = 150.0
CALENDAR: Final = "/api/v1/calendar"


@dataclass
class Meanwhile:
    """What people waited for while the deadlines moved."""

    read: list[float] = field(default_factory=list)
    listed: list[float] = field(default_factory=list)
    command: list[float] = field(default_factory=list)


async def change_the_calendar(
    stack: Stack, people: People, sessions: Sessions, numbers: tuple[str, ...]
) -> list[Promise]:
    """A closure day is declared and every deadline moves on; a Saturday is, and every one moves back."""
    before = await _deadlines(sessions, numbers)
    calendar = load_calendar().working_calendar()
    asked_on = max(deadline.anchor for deadline in before.values())
    closed = calendar.add_working_days(asked_on, 2)
    saturday = _saturday(calendar, closed)
    assert saturday < min(d.due_on for d in before.values()), "every deadline crosses both days"
    later = {n: calendar.next_working_day(d.due_on) for n, d in before.items()}
    first = await _declared(stack, people, sessions, numbers, closed, CalendarDayKind.CLOSURE, later)
    back = {number: deadline.due_on for number, deadline in before.items()}
    second = await _declared(
        stack, people, sessions, numbers, saturday, CalendarDayKind.WORKING_WEEKEND, back
    )
    return [first, second]


async def _declared(
    stack: Stack,
    people: People,
    sessions: Sessions,
    numbers: tuple[str, ...],
    on: date,
    kind: CalendarDayKind,
    expected: dict[str, date],
) -> Promise:
    """Declare one day, and wait until each monitoring has its new due day on record."""
    what = f"{kind.value.replace('_', ' ')} {on.isoformat()}"
    meanwhile, busy = Meanwhile(), asyncio.Event()
    callers = asyncio.create_task(_call(people, numbers, meanwhile, busy))
    begun, used = time.perf_counter(), seconds_used(stack)
    edition = await _declare(people, on, kind)
    try:
        reached = await _reached(sessions, numbers, edition)
    finally:
        busy.set()
        await callers
    passed, used = time.perf_counter() - begun, seconds_used(stack) - used
    after = await _deadlines(sessions, numbers)
    right = sum(after[number].due_on == expected[number] for number in numbers)
    OUT.print(
        latencies(
            f"While a {what} reached {reached:,} monitorings in {passed:.1f} s, {used:.0f} s of a core",
            (("a command", meanwhile.command), ("read one", meanwhile.read), ("list", meanwhile.listed)),
        )
    )
    kept = passed < PROMISED_SECONDS and right == len(numbers)
    return Promise(
        kept,
        f"a {what} moved {right:,} of {len(numbers):,} deadlines by exactly one working day in "
        f"{passed:.1f} s, {'' if kept else 'NOT '}all within {PROMISED_SECONDS:.0f} s",
    )


async def _declare(people: People, on: date, kind: CalendarDayKind) -> str:
    """The administrator's command; returns the new edition's id."""
    in_use = await people.administrator.ask(CALENDAR)
    names = {"kk": "Өлшеу күні", "ru": "День замера", "en": "Day of a measurement"}
    day = {"on": on.isoformat(), "kind": kind.value, "names": names, "act": "order 1"}
    body: dict[str, object] = {"declare": [day], "reason": "A measurement."}
    answer = await people.administrator.post(f"{CALENDAR}/days", body, in_use.headers["ETag"])
    return answer.headers["ETag"].strip('"')


async def _reached(sessions: Sessions, numbers: tuple[str, ...], edition: str) -> int:
    """Wait until every monitoring's journal has its moved deadline; how many have when given up."""
    ids = [monitoring_workflow_id(number) for number in numbers]
    counted_by = col(EntryRow.event)["deadline"]["calendar"].as_string()
    moved = select(func.count(func.distinct(col(EntryRow.workflow_id)))).where(
        col(EntryRow.type) == "deadline_moved", col(EntryRow.workflow_id).in_(ids), counted_by == edition
    )
    until = time.perf_counter() + GIVEN_UP_SECONDS
    async with sessions() as session:
        while (reached := (await session.exec(moved)).one()) < len(ids) and time.perf_counter() < until:
            await session.rollback()  # the next look sees what was written since
            await asyncio.sleep(0.5)
    return reached


async def _call(people: People, numbers: tuple[str, ...], meanwhile: Meanwhile, busy: asyncio.Event) -> None:
    """Two readers and one coordinator, each again half a second after an answer."""

    async def again(times: list[float], action: Callable[[str], Awaitable[object]]) -> None:
        turn = 0
        while not busy.is_set():
            turn += 1
            number = numbers[turn * 37 % len(numbers)]
            times.append(await timed(partial(action, number)))
            await asyncio.sleep(PAUSE_SECONDS)

    await asyncio.gather(
        again(meanwhile.command, people.record_activity),
        again(meanwhile.read, lambda number: people.analyst.ask(path_of(number))),
        again(meanwhile.listed, lambda _: people.analyst.ask("/api/v1/monitorings")),
    )


async def _deadlines(sessions: Sessions, numbers: tuple[str, ...]) -> dict[str, Deadline]:
    """The one deadline of each monitoring, from the projection."""
    rows = select(MonitoringRow).where(col(MonitoringRow.number).in_(numbers))
    async with sessions() as session:
        states = [MonitoringState.model_validate(row.state) for row in await session.exec(rows)]
    return {state.number: _asked(state) for state in states}


def _asked(state: MonitoringState) -> Deadline:
    (deadline,) = [
        d for d in state.deadlines.values() if d.subject_kind is DeadlineSubject.INFORMATION_REQUEST
    ]
    return deadline


def _saturday(calendar: WorkingCalendar, after: date) -> date:
    """The next Saturday nobody works on."""
    day = after + timedelta(days=(5 - after.weekday()) % 7 or 7)
    while calendar.is_working(day) or day in calendar.closed:
        day += timedelta(days=7)
    return day
