"""`python -m local.drill`: whole lifecycles under kills, a table of figures, and every promise judged."""

import asyncio
import random
from typing import Annotated

import typer
from rich.console import Console

from local.drill.drill import NAME, Drilled, drill, stack_for
from local.drill.figures import shows
from local.drill.plan import Plan
from local.process import StackError, leave
from local.stack import STATE


async def _run(plan: Plan) -> Drilled:
    # Progress goes beside the output: the figures can be sent to a file.
    with Console(stderr=True).status("Starting PostgreSQL, Temporal, mailbox, worker and API") as status:
        async with stack_for() as stack:
            return await drill(stack, plan, status.update)


def main(
    lifecycles: Annotated[int, typer.Option(min=1, help="At least so many, from start to closing.")] = 100,
    clients: Annotated[int, typer.Option(min=1, help="So many at once.")] = 8,
    kills: Annotated[int, typer.Option(min=0, help="So many, of each part alike.")] = 60,
    seed: Annotated[int | None, typer.Option(help="Of the faults' order and moments.")] = None,
) -> None:
    """Kill parts of the stack while people conduct monitorings, then judge what came of it."""
    console = Console()
    chosen = random.randrange(1_000_000) if seed is None else seed
    console.print(f"seed {chosen}: {lifecycles} lifecycles of {clients} clients under {kills} kills")
    plan = Plan(seed=chosen, lifecycles=lifecycles, clients=clients, kills=kills)
    try:
        drilled = asyncio.run(_run(plan))
    except StackError as failed:
        console.print(str(failed), markup=False, highlight=False)
        leave(1)
    shows(console, drilled.figures, drilled.broken)
    if drilled.broken:
        console.print(f"Run it again with --seed {chosen}; data and logs: {STATE / NAME}", soft_wrap=True)
    leave(1 if drilled.broken else 0)


if __name__ == "__main__":
    typer.run(main)
