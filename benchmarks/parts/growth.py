"""Whether the same command costs the same when there is much: monitorings, years, items, reports received."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from benchmarks.calling.large import Paper, approved, bodies, dispatched, open_deadline, pause_and_resume
from benchmarks.calling.people import People
from benchmarks.measuring.copies import copy_monitorings
from benchmarks.measuring.families import Part
from benchmarks.measuring.inbox import fill_inbox
from benchmarks.measuring.spent import Spent, Watch
from benchmarks.sheets import Measured, Rows
from benchmarks.sides.product import Product
from benchmarks.sides.sides import Asked, alone

COMMANDS: Final = 40
LIFE: Final = 400
ITEMS: Final = 1000
ADDRESSEES: Final = 40
MONITORINGS: Final = 30_000
FEW_REPORTS: Final = 100
REPORTS: Final = 10_000
LOOK_SECONDS: Final = 5.0
"""How often the calendar's keeper looks."""
LOOKS: Final = 4
SETTLING_SECONDS: Final = 12.0
LOOK: Final = "a start every 5 s"
WARM_UP: Final = 10
REPORT: Final = "a report received"
APART: Final = (LOOK, REPORT)
"""Whose parts are told apart."""
PARTS: Final = (Part.API, Part.WORKER, Part.TEMPORAL, Part.POSTGRES)
BASE: Final = "a command in an empty database"
Found = dict[str, Spent]


async def measure(asked: Asked) -> Measured:
    """One build after the other, each in a database of its own."""
    found: dict[str, Found] = {}
    for build in asked.builds:
        async with alone(asked, "growth", build) as product:
            found[build.label] = await _grows(product, asked.quick)
    rows = Rows(asked.labels)
    for what in next(iter(found.values())):
        rows.add(f"{what}: CPU-ms", {label: each[what].cpu_each * 1000 for label, each in found.items()})
        rows.add("· median ms", {label: each[what].median_ms for label, each in found.items()})
        for part in PARTS if what.startswith(APART) else ():
            of = {label: each[what].part_each(part) * 1000 for label, each in found.items()}
            rows.add(f"· of it {part.value}", of)
    return Measured([rows.sheet("What grows", NOTE)])


NOTE: Final = (
    "One caller, one command after another; CPU-ms of the whole stack, its keepers included. An event after "
    "approval is a pause of a deadline or its resumption. Monitorings beyond the few that are conducted are "
    "copies of a row in SQL; so are reports beyond the first ones."
)


async def _grows(product: Product, quick: bool) -> Found:
    """In the order in which each leaves the others alone: rows by the thousand come last."""
    many, life, items = (300, 20, 20) if quick else (MONITORINGS, LIFE, ITEMS)
    reports = 300 if quick else REPORTS
    people, found = People(product), Found()
    number = await people.begun()
    await asyncio.sleep(SETTLING_SECONDS)  # the duties of the whole country begin
    for _ in range(WARM_UP):
        await people.record_activity(number)
    found[BASE] = await _commands(product, people, number)
    for _ in range(life - COMMANDS - WARM_UP):
        await people.record_activity(number)
    found[f"a command after {life}"] = await _commands(product, people, number)
    await _events_after_approval(product, found, 2)
    await _events_after_approval(product, found, items)
    await _reports(product, found, reports)
    found[f"{LOOK}, few monitorings"] = await _looks(product, people)
    await people.ask_for_information(number)
    await copy_monitorings(product, number, many)
    await asyncio.sleep(SETTLING_SECONDS)
    fresh = await people.begun()
    found[f"a command with {many:,} monitorings"] = await _commands(product, people, fresh)
    found[f"{LOOK}, {many:,} monitorings"] = await _looks(product, people)
    return found


async def _commands(product: Product, people: People, number: str) -> Spent:
    return await _each(product, COMMANDS, lambda: people.record_activity(number))


async def _events_after_approval(product: Product, found: Found, items: int) -> None:
    addressed = bodies(min(ADDRESSEES, items))
    conduct = await approved(product, items, addressed)
    await dispatched(conduct, addressed[:1], reply=True)
    await asyncio.sleep(SETTLING_SECONDS)
    deadline = await open_deadline(conduct)
    pairs = await _each(product, 8, lambda: pause_and_resume(conduct, deadline))
    halved = Spent(2 * pairs.count, pairs.wall, pairs.cpu, tuple(call / 2 for call in pairs.calls))
    found[f"an event after approval, {items:,} items"] = halved


async def _reports(product: Product, found: Found, many: int) -> None:
    paper = Paper(product)
    await paper.is_there()
    await paper.registered(await paper.uploaded())
    for count in (FEW_REPORTS, many):
        await fill_inbox(product, count)
        files = iter([await paper.uploaded() for _ in range(10)])
        await asyncio.sleep(SETTLING_SECONDS)
        what = f"{REPORT}, {count:,} in the inbox"
        found[what] = await _each(product, 10, lambda: paper.registered(next(files)))  # noqa: B023


async def _looks(product: Product, people: People) -> Spent:
    """A start makes the keeper look again: what both cost."""

    async def start() -> None:
        await people.start()
        await asyncio.sleep(LOOK_SECONDS)

    return await _each(product, LOOKS, start)


async def _each(product: Product, count: int, action: Callable[[], Awaitable[None]]) -> Spent:
    async with Watch(product.roots) as watch:
        for _ in range(count):
            await watch.call(action)
    return watch.spent(count)
