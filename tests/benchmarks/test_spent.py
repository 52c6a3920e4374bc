"""Processor time is that of whole families, and a median is that of each figure."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from benchmarks.measuring.families import Part, Used, memory, used
from benchmarks.measuring.spent import Spent, Watch, middle

FAMILY = """
import subprocess, sys
BURN = "import time\\nwhile time.process_time() < {}: pass\\nprint('done', flush=True); input()"
for line in sys.stdin:
    child = subprocess.Popen([sys.executable, "-c", BURN.format(float(line))], stdin=-1, stdout=-1, text=True)
    child.stdout.readline()
    print("worked", flush=True)
    if line.startswith("0.4"):
        child.communicate("\\n")
        print("ended", flush=True)
"""


@asynccontextmanager
async def family() -> AsyncIterator[asyncio.subprocess.Process]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", FAMILY, stdin=pipe, stdout=pipe)
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def ask(process: asyncio.subprocess.Process, seconds: float, answers: int) -> None:
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{seconds}\n".encode())
    for _ in range(answers):
        assert await process.stdout.readline()


async def test_a_part_is_charged_for_what_its_children_do_while_they_run_and_after_they_ended() -> None:
    async with family() as process:
        roots = {Part.WORKER: process.pid}
        before = used(roots)
        await ask(process, 0.3, answers=1)  # runs on, idle
        running = used(roots).since(before).seconds[Part.WORKER]
        await ask(process, 0.4, answers=2)  # has ended, and was waited for
        both = used(roots).since(before).seconds[Part.WORKER]
    assert running >= 0.28
    assert both - running >= 0.38
    assert both < 2.0, "nothing is counted twice"


async def test_memory_is_that_of_the_family() -> None:
    async with family() as process:
        alone = memory({Part.API: process.pid})[Part.API]
        await ask(process, 0.01, answers=1)
        together = memory({Part.API: process.pid})[Part.API]
    assert 0 < alone < together


async def test_a_watch_times_each_call_and_charges_what_happened_while_it_was_open() -> None:
    async with family() as process, Watch({Part.API: process.pid}) as watch:
        await watch.call(lambda: ask(process, 0.2, answers=1))
        await watch.call(lambda: ask(process, 0.01, answers=1))
    spent = watch.spent(2)
    assert spent.cpu_each >= 0.1
    assert len(spent.calls) == 2
    assert spent.calls[0] >= 200
    assert sum(spent.calls) / 1000 <= spent.wall


def test_a_part_that_was_started_anew_counts_from_its_start() -> None:
    before = Used({Part.API: 5.0, Part.WORKER: 9.0})
    assert Used({Part.API: 6.5, Part.WORKER: 0.5}).since(before).seconds == {Part.API: 1.5, Part.WORKER: 0.5}


def test_of_rounds_the_median_of_each_figure_is_taken() -> None:
    def spent(wall: float, api: float, worker: float) -> Spent:
        return Spent(10, wall, Used({Part.API: api, Part.WORKER: worker}), (wall * 100,))

    whole = middle([spent(1.0, 9.0, 1.0), spent(3.0, 1.0, 2.0), spent(2.0, 2.0, 9.0)])
    assert whole.wall == 2.0
    assert whole.cpu.seconds == {Part.API: 2.0, Part.WORKER: 2.0}
    assert whole.per_second == 5.0
    assert whole.cpu_each == pytest.approx(0.4)
    assert whole.median_ms == 200.0


def test_rounds_of_other_sizes_are_not_mixed() -> None:
    with pytest.raises(AssertionError, match="rounds of the same work"):
        middle([Spent(1, 1.0, Used({})), Spent(2, 1.0, Used({}))])
