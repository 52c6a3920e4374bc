"""A backlog of letters, finished by one worker process and by two."""

from collections.abc import Mapping
from typing import Final

from benchmarks.calling.large import approved, bodies, dispatched
from benchmarks.measuring.spent import Spent, Watch
from benchmarks.parts.addressees import further_bodies
from benchmarks.sheets import Measured, Rows
from benchmarks.sides.product import UNBOUND, Product
from benchmarks.sides.sides import NOW, Asked

LETTERS: Final = 600
SECONDS: Final = 600.0
HELD_UP: Final = {**UNBOUND, "MAIL_PER_SECOND": "0.2"}
"""While it is made, so that the letters wait."""
SENT: Final = "SELECT count(*) FROM journal WHERE type = 'letter_sent'"


async def measure(asked: Asked) -> Measured:
    """This build alone, twice, each with data of its own."""
    (build,) = (build for build in asked.builds if build.label == NOW)
    count = 40 if asked.quick else LETTERS
    spent: dict[str, Spent] = {}
    for workers, name in ((1, "one worker"), (2, "two workers")):
        home = asked.home / "backlog" / str(workers)
        async with Product(build, home, settings=HELD_UP) as product:
            spent[name] = await _finished(product, count, workers)
    rows = Rows(tuple(spent))
    speed = {name: each.per_second for name, each in spent.items()}
    rows.add("letters a second", speed)
    rows.add("time of the same backlog", _by_one(speed))
    note = (
        f"{count:,} letters of a dispatch wait; all workers are away. From the moment at which the ones that "
        "are started ask for work until the record of the last letter. Temporal, PostgreSQL and the mailbox "
        "work on the same cores."
    )
    return Measured([rows.sheet("A backlog, and one worker or two", note)])


async def _finished(product: Product, count: int, workers: int) -> Spent:
    named = await further_bodies(product, count)
    conduct = await approved(product, 2, bodies(2))
    await dispatched(conduct, named, reply=False)
    await product.does("stop", "worker")
    unbound = " ".join(f"{name}={value}" for name, value in UNBOUND.items())
    await product.does("add", f"{workers} {unbound}")
    before = await product.number(SENT)
    async with Watch(product.roots) as watch:
        await product.until(SENT, count, SECONDS)
    return watch.spent(count - before)


def _by_one(speed: Mapping[str, float]) -> dict[str, float]:
    one = next(iter(speed.values()))
    return {name: one / each for name, each in speed.items()}
