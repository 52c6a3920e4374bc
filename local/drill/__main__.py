"""`python -m local.drill`: whole lifecycles on bad days, a table of figures, and every promise judged."""

import asyncio
import random
import shutil
from datetime import timedelta
from typing import Annotated, Final

import typer
from rich.console import Console

from local.drill.copying import StackCopying
from local.drill.drill import NAME, Drilled, drill, stack_for
from local.drill.faults.fault import Kind
from local.drill.figures import shows
from local.drill.plan import Plan
from local.drill.small_disks import SETTINGS, begin_anew, same_program
from local.process import StackError, leave
from local.stack import STATE

_HOME: Final = STATE / NAME
_LOGS: Final = STATE / f"{NAME}-logs"
"""Where logs are copied from disks that are gone with the drill."""


async def _run(plan: Plan) -> Drilled:
    # Progress goes beside the output: the figures can be sent to a file.
    with Console(stderr=True).status("Starting PostgreSQL, Temporal, mailbox, worker and API") as status:
        async with stack_for(settings=SETTINGS if plan.faults.get(Kind.FULL_DISK) else None) as stack:
            try:
                return await drill(stack, StackCopying(stack), plan, status.update)
            finally:
                if _HOME.is_mount():
                    shutil.copytree(_HOME / "log", _LOGS, dirs_exist_ok=True)


def _gets_small_disks(console: Console) -> None:
    try:
        begin_anew(_HOME, same_program())
    except StackError as missing:
        console.print(str(missing), markup=False, highlight=False)
        leave(1)


def main(
    lifecycles: Annotated[int, typer.Option(min=1, help="At least so many, from start to closing.")] = 100,
    clients: Annotated[int, typer.Option(min=1, help="So many at once.")] = 8,
    kills: Annotated[int, typer.Option(min=0, help="So many, of each part alike.")] = 30,
    stops: Annotated[int, typer.Option(min=0, help="So often a part stands still.")] = 10,
    cuts: Annotated[int, typer.Option(min=0, help="So often a line between two parts is cut.")] = 12,
    silences: Annotated[int, typer.Option(min=0, help="So often nothing comes through a line.")] = 6,
    slows: Annotated[int, typer.Option(min=0, help="So often a line is slow.")] = 6,
    restores: Annotated[int, typer.Option(min=0, help="So often a store alone is set back.")] = 2,
    calendars: Annotated[int, typer.Option(min=0, help="So many days are closed.")] = 2,
    full_disks: Annotated[int, typer.Option(min=0, help="So often a small disk is filled.")] = 0,
    minutes: Annotated[int, typer.Option(min=1, help="What is not done by then never ends.")] = 30,
    seed: Annotated[int | None, typer.Option(help="Of the faults' order and moments.")] = None,
) -> None:
    """Let everything go wrong while people conduct monitorings, then judge what came of it."""
    console = Console()
    chosen = random.randrange(1_000_000) if seed is None else seed
    faults = {
        Kind.KILL: kills,
        Kind.STOP: stops,
        Kind.CUT: cuts,
        Kind.SILENCE: silences,
        Kind.SLOW: slows,
        Kind.RESTORE: restores,
        Kind.CALENDAR: calendars,
        Kind.FULL_DISK: full_disks,
    }
    told = ", ".join(f"{many} {kind}" for kind, many in faults.items() if many)
    if full_disks:
        _gets_small_disks(console)
    console.print(f"seed {chosen}: {lifecycles} lifecycles of {clients} clients under {told}")
    bound = timedelta(minutes=minutes)
    plan = Plan(seed=chosen, lifecycles=lifecycles, clients=clients, faults=faults, bound=bound)
    try:
        drilled = asyncio.run(_run(plan))
    except StackError as failed:
        console.print(str(failed), markup=False, highlight=False)
        leave(1)
    shows(console, drilled.figures, drilled.broken)
    if drilled.broken:
        left = f"logs: {_LOGS}" if full_disks else f"data and logs: {_HOME}"
        console.print(f"Run it again with --seed {chosen}; {left}", soft_wrap=True)
    leave(1 if drilled.broken else 0)


if __name__ == "__main__":
    typer.run(main)
