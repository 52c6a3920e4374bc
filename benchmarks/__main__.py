"""`make bench`: what the product costs beside its floors, on stacks of its own, the disk as it is.

`make bench BENCH="lifecycles units"` measures some of it; `BENCH="--build 9b7f995=../before lifecycles"`
measures another checkout beside this one, in turn. Exits with 1 when a promise is broken.
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.document import write
from benchmarks.parts import PARTS
from benchmarks.parts.waiting import MONITORINGS
from benchmarks.sheets import OUT, Promise, show
from benchmarks.sides.product import Build
from benchmarks.sides.sides import Asked, this_build
from benchmarks.surroundings import Surroundings
from local.process import leave
from local.programs import ROOT

DOCUMENT: Final = ROOT / "docs" / "benchmarks.md"


async def bench(asked: Asked, names: list[str], into: Path | None) -> int:
    """Measure the parts one after another, writing each into a document if one is given; the exit code."""
    measured_on = Surroundings.now().sentence(asked, names)
    OUT.print(measured_on)
    promises: list[Promise] = []
    for name in names:
        begun = time.monotonic()
        OUT.rule(name, align="left")
        measured = await PARTS[name](asked)
        promises += measured.promises
        for sheet in measured.sheets:
            show(sheet)
        if into:
            write(into, measured.sheets, measured_on)
        OUT.print(f"({time.monotonic() - begun:.0f} s)", style="dim")
    for promise in promises:
        OUT.print(promise.sentence)
    return 0 if all(promise.kept for promise in promises) else 1


def _build(argument: str) -> Build:
    label, _, path = argument.rpartition("=")
    checkout = Path(path).resolve()
    return Build(label or checkout.name, checkout)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("parts", nargs="*", help=f"any of {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--build", action="append", default=[], type=_build, metavar="NAME=CHECKOUT")
    parser.add_argument("--monitorings", type=int, default=MONITORINGS, help="how many wait")
    parser.add_argument("--write", nargs="?", type=Path, const=DOCUMENT, help="bring the document up to date")
    parser.add_argument("--quick", action="store_true", help="few of each: whether it runs, not how fast")
    given = parser.parse_args()
    unknown = [name for name in given.parts if name not in PARTS]
    if unknown:
        parser.error(f"{', '.join(unknown)}: any of {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory(prefix="bench-") as directory:
        asked_for = Asked((*given.build, this_build()), Path(directory), given.monitorings, given.quick)
        code = asyncio.run(bench(asked_for, given.parts or list(PARTS), given.write))
    leave(code)
