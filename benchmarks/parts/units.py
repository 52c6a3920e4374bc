"""What one of each costs: a start, a command, a refused one, a letter, a reply by link, a read, a list."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.calling.people import People
from benchmarks.measuring.families import PARTS, Used
from benchmarks.measuring.spent import Spent, Watch, middle
from benchmarks.sheets import Measured, Promise, Rows, Sheet
from benchmarks.sides.bare import Engine
from benchmarks.sides.product import Product
from benchmarks.sides.sides import NOW, Asked, products

TOGETHER: Final = 8
ROUNDS: Final = 2
LETTERS_SECONDS: Final = 120.0
SETTLING_SECONDS: Final = 8.0
SENT: Final = "SELECT count(*) FROM journal WHERE type = 'letter_sent'"
PROMISED_MS: Final = 150.0

START, COMMAND, REFUSED = "a start", "a command", "a refused command"
WITH_LETTER, LETTER = "a command and its letter", "a letter"
REPLY, READ, LIST = "a reply by link, with its pages", "read one", "list of 50"
UNITS: Final = (START, COMMAND, REFUSED, WITH_LETTER, REPLY, READ, LIST)
POSTED: Final = {WITH_LETTER, REPLY}
"""Units that end when their letters are on record."""
OF_THE_FLOOR: Final = {START: "starts", COMMAND: "commands", WITH_LETTER: "letters"}


@dataclass(frozen=True)
class Counts:
    """How many of each, eight at once, and how many one after another for the time that people wait."""

    starts: int = 24
    commands: int = 80
    letters: int = 32
    reads: int = 120
    alone: int = 20


QUICK: Final = Counts(starts=8, commands=8, letters=8, reads=8, alone=2)
Alone = dict[str, Spent]
Rounds = dict[str, dict[str, list[Spent]]]
Action = Callable[[str], Awaitable[object]]


class Units:
    """One build, unit by unit."""

    def __init__(self, product: Product, counts: Counts) -> None:
        self.product, self.label, self._counts = product, product.label, counts
        self._people = People(product)
        self._numbers: Sequence[str] = ()

    async def prepare(self) -> None:
        """A monitoring for each caller, and fifty for the list."""
        begun = await asyncio.gather(*(self._people.begun() for _ in range(TOGETHER)))
        self._numbers = begun
        for _ in range(6):
            await asyncio.gather(*(self._people.start() for _ in range(TOGETHER)))
        await self._people.is_refused(begun[0])

    async def does(self, what: str) -> Spent:
        """One unit, as many as are counted, eight at once; a letter counts until it is on record as sent."""
        people, counts = self._people, self._counts
        actions: Mapping[str, tuple[int, Action]] = {
            START: (counts.starts, lambda _: people.start()),
            COMMAND: (counts.commands, people.record_activity),
            REFUSED: (counts.commands, people.is_refused),
            WITH_LETTER: (counts.letters, people.ask_for_information),
            REPLY: (counts.letters, people.answer_information_request),
            READ: (counts.reads, people.read),
            LIST: (counts.reads, lambda _: people.list()),
        }
        count, action = actions[what]
        return await self._together(count, action, count if what in POSTED else 0)

    async def alone(self) -> dict[str, Spent]:
        """One after another, once what was asked for before is done; what leaves work behind comes last."""
        people, count, number = self._people, self._counts.alone, self._numbers[0]
        actions: dict[str, Callable[[], Awaitable[object]]] = {
            READ: lambda: people.read(number),
            LIST: people.list,
            REFUSED: lambda: people.is_refused(number),
            COMMAND: lambda: people.record_activity(number),
            START: people.start,
        }
        spent = {}
        await asyncio.sleep(SETTLING_SECONDS)
        for what, action in actions.items():
            async with Watch(self.product.roots) as watch:
                for _ in range(count):
                    await watch.call(action)
            spent[what] = watch.spent(count)
        return spent

    async def _together(self, count: int, action: Action, letters: int) -> Spent:
        """So many by as many callers as have a monitoring, each again as soon as it was answered."""
        sent = await self.product.number(SENT) if letters else 0
        async with Watch(self.product.roots) as watch:

            async def again(number: str) -> None:
                for _ in range(count // TOGETHER):
                    await watch.call(lambda: action(number))

            async with asyncio.TaskGroup() as group:
                for number in self._numbers:
                    group.create_task(again(number))
            if letters:
                await self.product.until(SENT, sent + letters, LETTERS_SECONDS)
        return watch.spent(count)


async def measure(asked: Asked) -> Measured:
    """Rounds in turn, a build after the other, and the bare engine where it has the unit."""
    counts, rounds = (QUICK, 1) if asked.quick else (Counts(), ROUNDS)
    spent: Rounds = {}
    alone: dict[str, Alone] = {}
    async with products(asked, "units") as builds, Engine(asked.home / "units" / "bare") as floor:
        measured = [Units(product, counts) for product in builds]
        for build in measured:
            await build.prepare()
        await floor.does("commands", TOGETHER, TOGETHER)  # its workflows are there before they are measured
        for _ in range(rounds):
            for what in UNITS:
                for build in measured:
                    _note(spent, build.label, what, await build.does(what))
                if what in OF_THE_FLOOR:
                    verb, count = OF_THE_FLOOR[what], spent[NOW][what][-1].count
                    _note(spent, floor.label, what, await floor.does(verb, count, TOGETHER))
        for build in measured:
            alone[build.label] = await build.alone()
    middles = {label: {what: middle(each) for what, each in units.items()} for label, units in spent.items()}
    for units in middles.values():
        units[LETTER] = _less(units[WITH_LETTER], units[COMMAND])
    return Measured([_costs(asked, middles), _times(asked, middles, alone)], [_promise(alone[NOW])])


def _note(spent: Rounds, label: str, what: str, each: Spent) -> None:
    spent.setdefault(label, {}).setdefault(what, []).append(each)


def _less(more: Spent, less: Spent) -> Spent:
    """What one costs beyond the other: of a command with its letter, the letter."""
    seconds = {part: (more.part_each(part) - less.part_each(part)) * more.count for part in more.cpu.seconds}
    return Spent(more.count, more.wall - less.wall * more.count / less.count, Used(seconds), ())


def _costs(asked: Asked, spent: dict[str, dict[str, Spent]]) -> Sheet:
    rows = Rows((*asked.labels, Engine.label))
    first = asked.labels[0]
    for what in (START, COMMAND, REFUSED, WITH_LETTER, LETTER, REPLY, READ, LIST):
        units = {label: each[what] for label, each in spent.items() if what in each}
        cpu = {label: each.cpu_each * 1000 for label, each in units.items()}
        rows.add(what, cpu)
        for part in PARTS:
            figures = {label: each.part_each(part) * 1000 for label, each in units.items()}
            if any(figure >= 0.1 for figure in figures.values()):
                rows.add(f"· {part.value}", figures)
        if len(asked.labels) > 1:
            rows.ratio(f"· by {first}", cpu, first)
    return rows.sheet(
        "CPU-milliseconds of one",
        f"{TOGETHER} callers, each again as soon as it was answered; medians of rounds in turn. “{LETTER}” "
        f"is “{WITH_LETTER}” less “{COMMAND}”. A reply is an information request answered by the link of its "
        "letter: opened, typed, checked, sent, its confirmation read and its letter sent.",
    )


def _times(asked: Asked, spent: dict[str, dict[str, Spent]], alone: dict[str, Alone]) -> Sheet:
    rows = Rows((*asked.labels, Engine.label))
    for what in (START, COMMAND, REFUSED, READ, LIST):
        rows.add(f"{what}, ms alone", {label: units[what].median_ms for label, units in alone.items()})
    for what in (START, COMMAND, REFUSED, WITH_LETTER, REPLY, READ, LIST):
        units = {label: each[what] for label, each in spent.items() if what in each}
        rows.add(f"{what}, a second", {label: each.per_second for label, each in units.items()})
    return rows.sheet("Milliseconds when nobody else works (median), and how many a second, eight at once")


def _promise(alone: Alone) -> Promise:
    median = alone[COMMAND].median_ms
    kept = median < PROMISED_MS
    words = "" if kept else "NOT "
    return Promise(kept, f"a command's median, {median:.0f} ms, is {words}under {PROMISED_MS:.0f} ms")
