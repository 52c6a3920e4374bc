"""How soon lists and searches answer among 100,000 monitorings, and what a page weighs."""

import asyncio
import statistics
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from benchmarks.calling.large import approved, bodies
from benchmarks.calling.lifecycle import caller
from benchmarks.calling.readings import NOTHING, READINGS, Readers, Reading
from benchmarks.measuring.copies import copy_rows
from benchmarks.sheets import Measured, Promise, Rows
from benchmarks.sides.product import Product
from benchmarks.sides.sides import NOW, Asked, alone
from local.demo.caller import Json
from local.samples import load_country
from models.calendar.country import COUNTRY

MONITORINGS: Final = 100_000
READ: Final = 200
"""Times each is read: the 99th percentile is the third slowest."""
WARM_UP: Final = 3
PROMISED_MS: Final = 50.0
PROMISED_BYTES: Final = 60 * 1024
EDITOR: Final = "a-uo-web"
NUMBERED: Final = "'2026-COPY-' || lpad(n::text, 6, '0')"


@dataclass(frozen=True)
class Timed:
    """Milliseconds of one reading, and bytes as sent; `nothing` is that of a late empty answer meanwhile."""

    first: float
    median: float
    late: float
    nothing: float
    weight: int


Found = dict[str, Timed]
"""By what was read."""


async def measure(asked: Asked) -> Measured:
    """This build alone: lists and searches of earlier ones had other addresses."""
    (build,) = (build for build in asked.builds if build.label == NOW)
    async with alone(asked, "lists", build) as product:
        found = await _read(product, asked.quick)
    rows = Rows(("first ms", "median ms", "99 % within ms", "an empty answer", "KB"))
    for name, timed in found.items():
        figures = (timed.first, timed.median, timed.late, timed.nothing, timed.weight / 1024)
        rows.add(name, dict(zip(rows.columns, figures, strict=True)))
    many = 300 if asked.quick else MONITORINGS
    note = (
        f"One reader, one after another, {READ} times each, among {many:,} monitorings, all published and of "
        "one body, all waiting for somebody: copies of one in SQL, with years, spheres, bodies, days, words "
        "of their own. The reader keeps nothing. First: the first of all; in the same minute an empty answer "
        "(99 % within). KB as sent (gzip)."
    )
    return Measured([rows.sheet("Lists and searches", note)], _promises(found))


def _promises(found: Found) -> tuple[Promise, Promise]:
    slowest = max(found, key=lambda name: found[name].late)
    heaviest = max((each.name for each in READINGS if each.at_the_desk), key=lambda name: found[name].weight)
    late, weight = found[slowest].late, found[heaviest].weight
    return (
        Promise(late <= PROMISED_MS, f"{slowest}: 99 % within {late:.0f} ms (promised {PROMISED_MS:.0f})"),
        Promise(weight <= PROMISED_BYTES, f"{heaviest}: {weight / 1024:.0f} KB (promised 60)"),
    )


async def _read(product: Product, quick: bool) -> Found:
    number = await _published(product)
    await _copied(product, number, 300 if quick else MONITORINGS)
    readers, found = Readers(product), Found()
    await readers.sign_in()
    for reading in READINGS:
        found[reading.name] = await _timed(readers, reading, 10 if quick else READ)
    return found


async def _timed(readers: Readers, reading: Reading, times: int) -> Timed:
    first = await _once(readers, reading)
    for _ in range(WARM_UP):
        await readers.read(reading)
    calls, empty = [], []
    for _ in range(times):
        calls.append(await _once(readers, reading))
        empty.append(await _once(readers, NOTHING))
    return Timed(first, statistics.median(calls), _late(calls), _late(empty), readers.weights[reading.name])


async def _once(readers: Readers, reading: Reading) -> float:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await readers.read(reading)
    return (loop.time() - begun) * 1000


def _late(calls: list[float]) -> float:
    return statistics.quantiles(calls, n=100, method="inclusive")[98]


async def _published(product: Product) -> str:
    """One report with two items, approved, sent and published."""
    conduct = await approved(product, 2, bodies(2))
    await conduct.dispatches()
    editor = caller(product, EDITOR)
    today = datetime.now(COUNTRY).date().isoformat()
    body: Json = {"published_on": today, "address": "https://uo.example.kz/monitoring"}
    await editor.post(f"{conduct.path}/publications", body)
    return conduct.number


async def _copied(product: Product, number: str, count: int) -> None:
    """With the items and the words of each."""
    objects, spheres = bodies(30), [sphere.id for sphere in load_country().spheres]
    day, due = "(current_date - n % 900)", "(current_date + n % 400 - 40)"
    changed = {
        "number": NUMBERED,
        "workflow_id": f"replace(row.workflow_id, '{number}', {NUMBERED})",
        "state": f"replace(row.state::text, '{number}', {NUMBERED})::json",
        "year": "2023 + n % 4",
        "published_on": day,
        "started_at": f"{day}::timestamptz",
        "changed_at": "row.changed_at - n * interval '1 minute'",
        "objects": f"ARRAY[{_one_of(objects)}, {_one_of(objects, 7)}]",
        "spheres": f"ARRAY[{_one_of(spheres)}]",
        "waiting": f"(SELECT jsonb_object_agg(key, {due}) FROM jsonb_each(row.waiting))",
        "due_on": due,
        **{f"title_{each}": f"row.title_{each} || ' ' || md5(n::text)" for each in ("kk", "ru", "en")},
    }
    await copy_rows(product, "monitorings", f"number = '{number}'", changed, count)
    for item in ("1", "2"):
        changed = {
            "number": NUMBERED,
            "item": f"'{item}'",
            "addressee": _one_of(objects, int(item)),
            "standing": "(ARRAY['unanswered', 'awaited', 'implemented'])[1 + n % 3]",
        }
        await copy_rows(product, "recommendations", f"number = '{number}'", changed, count)
    await product.until("SELECT count(*) FROM received_reports WHERE report = %s", 1, 60, number)
    changed = {
        "report": NUMBERED,
        "received_on": day,
        "ended_on": f"{day} - 20",
        "conductor": _one_of(objects),
        "considered_on": f"CASE WHEN n % 10 > 0 THEN {day} + 5 END",
    }
    await copy_rows(product, "received_reports", f"report = '{number}'", changed, count)
    own, shared = (f"translate({of}::text, '0123456789', 'абвгдежзик')" for of in ("n", "(n % 500)"))
    common = "CASE WHEN n % 10 = 0 THEN ARRAY['жиі'] ELSE '{}' END"
    words = f"ARRAY[{own} || 'сирек', {shared} || 'орта'] || {common}"
    changed = {"subject": NUMBERED, "words": f"array_to_tsvector({words})"}
    await copy_rows(product, "searched", f"subject = '{number}' AND kind = 'title'", changed, count)


def _one_of(known: tuple[str, ...] | list[str], turned: int = 0) -> str:
    """SQL: one of them for each `n`, in turn."""
    listed = ", ".join(f"'{each}'" for each in known)
    return f"(ARRAY[{listed}])[1 + (n + {turned}) % {len(known)}]"
