"""`make bench`: what people wait for and what waiting costs, on a stack of its own, the disk as it is.

Prints figures and exits with 1 when a promised one is missed: a command's median under 150 ms, an idle
system however many monitorings are open, and a changed calendar that reaches 1,000 of them within 60 s.
"""

import argparse
import asyncio
import os
import tempfile
from pathlib import Path
from typing import Final

import httpx

from activities.database.sessions import engine_for, sessions_for
from benchmarks import many, waiting
from benchmarks.figures import OUT, Promise
from benchmarks.idle import Idle, idle_table, measure_idle, waits_for_nothing
from benchmarks.opening import open_monitorings
from benchmarks.people import People
from local.process import leave
from local.seed import seed
from local.stack import Stack

MONITORINGS: Final = 1000


async def bench(directory: Path, count: int) -> int:
    """Measure on a fresh stack; returns the exit code."""
    async with Stack("bench", state=directory, usual_ports=False, encrypted=True) as stack:
        _describe(stack)
        tokens = (await seed(stack.postgres.url())).tokens
        engine = engine_for(stack.postgres.url(), pool_size=2)
        async with httpx.AsyncClient(base_url=stack.api_url, timeout=60) as client:
            people, sessions = People(client, tokens), sessions_for(engine)
            before = await measure_idle(stack)
            promises = [await waiting.measure(people)]
            opened = await open_monitorings(people, sessions, count)
            promises += _idle(before, await measure_idle(stack), count)
            promises += await many.change_the_calendar(stack, people, sessions, opened)
        await engine.dispose()
    for promise in promises:
        OUT.print(promise.sentence)
    return 0 if all(promise.kept for promise in promises) else 1


def _describe(stack: Stack) -> None:
    encryption = stack.settings["PAYLOAD_ENCRYPTION"]
    OUT.print(f"{os.cpu_count()} cores; payload encryption {encryption}; the disk's own speed (fsync on)")


def _idle(before: Idle, after: Idle, count: int) -> list[Promise]:
    OUT.print(idle_table(before, after, count))
    return [waits_for_nothing(before, after, count)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--monitorings", type=int, default=MONITORINGS)
    with tempfile.TemporaryDirectory(prefix="bench-") as directory:
        code = asyncio.run(bench(Path(directory), parser.parse_args().monitorings))
    leave(code)
