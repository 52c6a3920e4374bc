"""Whole lifecycles over HTTP, beside the bare engine with the same counts and beside DBOS."""

import asyncio
import statistics
from typing import Final

from benchmarks.calling.lifecycle import Lifecycles
from benchmarks.calling.lifecycle_counts import COMMANDS, LETTERS, REPLIES
from benchmarks.measuring.families import PARTS
from benchmarks.measuring.spent import Spent, Watch, middle
from benchmarks.sheets import Measured, Rows, Sheet
from benchmarks.sides.bare import Engine
from benchmarks.sides.durable import Durable
from benchmarks.sides.product import Product
from benchmarks.sides.sides import Asked, floors, products

TOGETHER: Final = 8
EACH: Final = 16
ROUNDS: Final = 3
OF_A_FLOOR: Final = 3
"""Times as many on a floor, whose round would else be too short to measure."""
FLAT: Final = f"{Durable.label}, flat"
FLOORS: Final = (Engine.label, Durable.label, FLAT)
TITLE: Final = "Whole lifecycles"


class Played:
    """A build and who plays on it."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.label = product.label
        self.letters = 0.0
        self._lifecycles = Lifecycles(product)

    async def does(self, count: int) -> Spent:
        """So many, eight at once, and how many letters came."""
        before = await self.product.post.catch_up()
        gate = asyncio.Semaphore(TOGETHER)
        async with Watch(self.product.roots) as watch:

            async def one() -> None:
                async with gate:
                    await watch.call(self._lifecycles.play)

            async with asyncio.TaskGroup() as group:
                for _ in range(count):
                    group.create_task(one())
        letters = await self.product.post.catch_up() - before
        self.letters = letters / count
        return watch.spent(count)


async def measure(asked: Asked) -> Measured:
    """Rounds in turn, a side after the other; the median of each figure."""
    each, rounds = (4, 1) if asked.quick else (EACH, ROUNDS)
    async with products(asked, "lifecycles") as builds, floors(asked, "lifecycles") as beside:
        played = [Played(product) for product in builds]
        for side in played:
            await side.does(2 if asked.quick else TOGETHER)  # warms up
        spent: dict[str, list[Spent]] = {}
        for _ in range(rounds):
            for build in played:
                spent.setdefault(build.label, []).append(await build.does(each))
            for floor in beside:
                done = await floor.does("lifecycles", OF_A_FLOOR * each, TOGETHER)
                spent.setdefault(floor.label, []).append(done)
                if isinstance(floor, Durable):
                    done = await floor.does("flat", OF_A_FLOOR * each, TOGETHER)
                    spent.setdefault(FLAT, []).append(done)
        letters = {build.label: build.letters for build in played}
    return Measured([_sheet(asked, {label: middle(each) for label, each in spent.items()}, letters)])


def _sheet(asked: Asked, spent: dict[str, Spent], letters: dict[str, float]) -> Sheet:
    rows = Rows((*asked.labels, *(floor for floor in FLOORS if floor in spent)))
    speed = {label: each.per_second for label, each in spent.items()}
    cpu = {label: each.cpu_each for label, each in spent.items()}
    rows.add("lifecycles a second", speed)
    rows.add("CPU-seconds of one", cpu)
    for part in PARTS:
        rows.add(f"· {part.value}", {label: each.part_each(part) for label, each in spent.items()})
    rows.add("median seconds of one", {k: statistics.median(v.calls) / 1000 for k, v in spent.items()})
    rows.add("letters of one", letters | {floor: LETTERS for floor in FLOORS if floor in spent})
    first = asked.labels[0]
    if len(asked.labels) > 1:
        rows.ratio(f"speed by {first}", speed, first)
        rows.ratio(f"CPU by {first}", cpu, first)
    rows.ratio("speed by the bare engine", speed, Engine.label)
    rows.ratio("speed by DBOS", speed, Durable.label)
    return rows.sheet(
        TITLE,
        f"{TOGETHER} at once. One is an NGO's thematic monitoring: a start and {COMMANDS} commands, "
        f"{LETTERS} letters, {REPLIES} replies by link, 4 PDFs, 12 content writes. A floor does as many "
        "commands, replies and letters: an update with an activity that writes a row, an activity that sends "
        "a letter; “API” of a floor is the program that sends the commands. DBOS is one process: a command "
        "is a message, which an event answers when the step with its row is done; the flat one takes as many "
        "steps and is commanded by nobody. No floor prints, serves a page or checks a rule.",
    )
