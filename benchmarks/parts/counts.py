"""What each unit asks of the stores, while nothing else is measured: telling every statement costs time."""

import asyncio
from collections.abc import Mapping
from typing import Final

from benchmarks.measuring.counts import Counted, Counter, Each, each
from benchmarks.parts.lifecycles import Played
from benchmarks.parts.units import COMMAND, LETTER, REFUSED, REPLY, START, UNITS, WITH_LETTER, Counts, Units
from benchmarks.sheets import Measured, Rows, Sheet
from benchmarks.sides.product import Product
from benchmarks.sides.sides import Asked, counted_alone

FEW: Final = Counts(starts=8, commands=16, letters=16, reads=16, alone=0)
LIFECYCLES: Final = 8
SETTLING_SECONDS: Final = 6.0
"""A keeper looks every five seconds; what was caused before is done by then."""
QUIET_SECONDS: Final = 10.0
LIFECYCLE: Final = "a whole lifecycle"
SHOWN: Final = (LIFECYCLE, *UNITS, LETTER)
ACTS: Final = (LIFECYCLE, START, COMMAND, REFUSED, WITH_LETTER, LETTER, REPLY)
"""What reaches Temporal at all."""


async def measure(asked: Asked) -> Measured:
    """One build after the other; counts do not depend on who else is running."""
    found: dict[str, Mapping[str, Each]] = {}
    for build in asked.builds:
        async with counted_alone(asked, "counts", build) as product:
            found[build.label] = await _counted(product, asked)
    return Measured([_sheet(asked, found)])


async def _counted(product: Product, asked: Asked) -> Mapping[str, Each]:
    counter, units = await Counter.of(product), Units(product, FEW)
    played = Played(product)
    await units.prepare()
    await played.does(1)
    await asyncio.sleep(SETTLING_SECONDS)
    before = await counter.now()
    await asyncio.sleep(QUIET_SECONDS)
    quiet = (await counter.now()).since(before)
    found: dict[str, Each] = {}
    for what in UNITS:
        before = await counter.now()
        spent = await units.does(what)
        found[what] = each(await _settled(counter, before), quiet, spent.count)
    found[LETTER] = _less(found[WITH_LETTER], found[COMMAND])
    count = 2 if asked.quick else LIFECYCLES
    before = await counter.now()
    await played.does(count)
    found[LIFECYCLE] = each(await _settled(counter, before), quiet, count)
    return found


async def _settled(counter: Counter, before: Counted) -> Counted:
    await asyncio.sleep(SETTLING_SECONDS)
    return (await counter.now()).since(before)


def _less(more: Each, less: Each) -> Each:
    return Each(
        more.statements - less.statements,
        more.idle_statements - less.idle_statements,
        more.transactions - less.transactions,
        more.wal_kilobytes - less.wal_kilobytes,
        more.requests - less.requests,
        more.events - less.events,
    )


def _sheet(asked: Asked, found: Mapping[str, Mapping[str, Each]]) -> Sheet:
    rows = Rows(asked.labels)
    for what in SHOWN:
        of = {label: counted[what] for label, counted in found.items()}
        rows.add(f"{what}: statements", {label: one.statements for label, one in of.items()})
        rows.add("· begin, commit, ping", {label: one.idle_statements for label, one in of.items()})
        rows.add("· transactions", {label: one.transactions for label, one in of.items()})
        if what in ACTS:
            rows.add("· WAL, kB", {label: one.wal_kilobytes for label, one in of.items()})
            rows.add("· Temporal requests", {label: one.requests for label, one in of.items()})
            rows.add("· history events", {label: one.events for label, one in of.items()})
    return rows.sheet(
        "What one asks of the stores",
        "Statements are counted from PostgreSQL's log, requests from Temporal's metrics (polls left out), "
        "events from the histories of monitorings. What the keepers ask by the clock is measured in a quiet "
        "stretch and left out.",
    )
