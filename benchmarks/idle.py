"""What it costs to wait: processor time while nothing happens, by part of the stack."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import psutil
from rich.table import Table

from benchmarks.figures import Promise
from local.stack import Part, Stack

SETTLING_SECONDS: Final = 8.0
"""What was asked for before (the duties of a fresh registry among it) is done by then."""
WINDOW_SECONDS: Final = 30.0
MEASURED: Final = (Part.API, Part.WORKER, Part.TEMPORAL, Part.POSTGRES)
PROMISED_PERCENT: Final = 5.0
"""Of one core: what all monitorings together may add to a system that waits."""


@dataclass(frozen=True)
class Idle:
    """Percent of one core, by part."""

    percent: Mapping[Part, float]

    @property
    def total(self) -> float:
        """Of the whole stack."""
        return sum(self.percent.values())


async def measure_idle(stack: Stack) -> Idle:
    """Watch a window in which nobody asks for anything."""
    await asyncio.sleep(SETTLING_SECONDS)
    before, begun = _seconds(stack), time.monotonic()
    await asyncio.sleep(WINDOW_SECONDS)
    after, passed = _seconds(stack), time.monotonic() - begun
    return Idle({part: (after[part] - before[part]) / passed * 100 for part in MEASURED})


def idle_table(before: Idle, after: Idle, count: int) -> Table:
    """Both windows and their difference, by part."""
    title = f"Processor time while nothing happens, % of one core, over {WINDOW_SECONDS:.0f} s"
    table = Table("part", "0 open", f"{count:,} open", "added", title=title, title_justify="left")
    for part in MEASURED:
        table.add_row(part.value, *_row(before.percent[part], after.percent[part]))
    table.add_row("all", *_row(before.total, after.total))
    return table


def waits_for_nothing(before: Idle, after: Idle, count: int) -> Promise:
    """The system without monitorings has keepers, pulses and the servers' own pollers; these add none."""
    added = after.total - before.total
    kept = added < PROMISED_PERCENT
    return Promise(
        kept,
        f"{count:,} open monitorings add {added:+.1f} % of one core to an idle system, "
        f"{'' if kept else 'NOT '}less than {PROMISED_PERCENT:.0f} %",
    )


def _row(before: float, after: float) -> tuple[str, str, str]:
    return f"{before:.1f}", f"{after:.1f}", f"{after - before:+.1f}"


def seconds_used(stack: Stack) -> float:
    """Processor time of the whole stack so far: tells a slow product from a busy machine."""
    return sum(_seconds(stack).values())


def _seconds(stack: Stack) -> dict[Part, float]:
    """Processor time so far of each part's program and of all it started, as the kernel counts it."""
    return {part: _of_family(stack.pid(part)) for part in MEASURED}


def _of_family(pid: int | None) -> float:
    assert pid is not None, "a part of the stack does not run"
    program = psutil.Process(pid)
    return sum(_of_one(process) for process in (program, *program.children(recursive=True)))


def _of_one(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:  # its parent counts it from now on, among the children that ended
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)
