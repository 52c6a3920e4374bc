"""`python -m local.cluster`: docker-compose.yml's topology on this machine, and the demo played on it."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import timedelta
from functools import partial
from typing import Annotated, Final

import typer

from activities.bounds.within import within
from local.cluster.cluster import Cluster
from local.cluster.copying import ClusterCopying
from local.cluster.ground import ClusterGround
from local.cluster.stories import VIRTUAL, play
from local.demo.__main__ import demo
from local.demo.caller import DemoFailed
from local.demo.screen import Screen
from local.drill.drill import drill
from local.drill.faults.fault import Kind
from local.drill.figures import shows
from local.drill.plan import MAIL_PER_SECOND, Plan
from local.process import StackError, leave

_TRUSTED: Final = "SSL_CERT_FILE"
app = typer.Typer(add_completion=False)


async def _told(cluster: Cluster, screen: Screen) -> None:
    """Build what is missing, start, and say what runs."""
    unbuilt = cluster.workshop.missing()
    if unbuilt:
        screen.headline(f"To be built: {', '.join(unbuilt)}. Once, and it takes minutes")
    await cluster.build()
    begun = time.monotonic()
    screen.headline("Starting the services of docker-compose.yml")
    await cluster.start()
    # Who plays believes the proxy, whose certificate nobody else vouches for.
    os.environ[_TRUSTED] = str(cluster.certificate)
    for instance in cluster.instances.values():
        at = f"pid {instance.pid}" if instance.running else "done"
        at += f", started again {instance.restarts} times" if instance.restarts else ""
        screen.console.print(f"  {instance.name:<20} {instance.room.address:<14} {at}", highlight=False)
    if cluster.differs():
        screen.console.print(f"  {cluster.differs()}", highlight=False)
    screen.headline(
        f"{len(cluster.instances)} instances after {time.monotonic() - begun:.0f} s: {cluster.api_url}, "
        f"letters at {cluster.mailbox.http_url}, histories at {cluster.temporal_ui_url}"
    )
    cluster.describe(f"API {cluster.api_url}/docs, mailbox {cluster.mailbox.http_url}.")


async def _plays(cluster: Cluster, screen: Screen) -> None:
    begun = time.monotonic()
    await demo(cluster, screen)
    screen.headline(f"Played in {time.monotonic() - begun:.0f} s. Kept in {cluster.home}")


async def _stays(cluster: Cluster, screen: Screen) -> None:
    """Until Ctrl-C; what ends by itself is started again, as `restart: unless-stopped` says."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    screen.console.print("Ctrl-C stops it; the data stays.")
    while not stop.is_set():
        for instance in cluster.dead():
            screen.console.print(f"{instance.name} ended by itself and is started again:", highlight=False)
            screen.console.print(cluster.said_by(instance), markup=False, highlight=False)
            await instance.start()
        try:
            await within(1, stop.wait(), "somebody stops it")
        except TimeoutError:
            continue


async def _drills(cluster: Cluster, screen: Screen, plan: Plan) -> None:
    screen.headline(f"Drilling with seed {plan.seed}: one of a kind dies or stands still, the other goes on")
    drilled = await drill(ClusterGround(cluster), ClusterCopying(cluster), plan)
    shows(screen.console, drilled.figures, drilled.broken)
    if drilled.broken:
        raise DemoFailed(f"{len(drilled.broken)} promises were broken")


async def _plays_stories(cluster: Cluster, chosen: Sequence[str]) -> int:
    try:
        await cluster.build()
        return await play(cluster, chosen)
    except StackError as failed:
        Screen().console.print(str(failed), markup=False, highlight=False)
        return 1
    finally:
        await cluster.close()


async def _run(cluster: Cluster, does: Callable[[Cluster, Screen], Coroutine[None, None, None]]) -> int:
    screen = Screen()
    try:
        await _told(cluster, screen)
        await does(cluster, screen)
    except (DemoFailed, StackError) as failed:
        screen.console.print("[bold red]The cluster:[/] ", end="")
        screen.console.print(str(failed), markup=False, highlight=False)
        return 1
    finally:
        await cluster.close()
    return 0


@app.command(name="demo")
def plays_the_demo() -> None:
    """Start it on empty ground, play the demo on it, stop."""
    leave(asyncio.run(_run(Cluster(reset=True), _plays)))


@app.command(name="drill")
def drills(
    lifecycles: Annotated[int, typer.Option(min=1, help="At least so many, from start to closing.")] = 20,
    clients: Annotated[int, typer.Option(min=1, help="So many at once.")] = 4,
    kills: Annotated[int, typer.Option(min=0, help="So many, of each part alike.")] = 15,
    stops: Annotated[int, typer.Option(min=0, help="So often one of a kind stands still.")] = 5,
    restores: Annotated[int, typer.Option(min=0, help="So often a store alone is set back.")] = 2,
    calendars: Annotated[int, typer.Option(min=0, help="So many days are closed.")] = 1,
    minutes: Annotated[int, typer.Option(min=1, help="What is not done by then never ends.")] = 30,
    seed: Annotated[int, typer.Option(help="Of the faults' order and moments.")] = 192,
) -> None:
    """Start it on empty ground, conduct monitorings on it on bad days, judge, stop."""
    faults = {Kind.KILL: kills, Kind.STOP: stops, Kind.RESTORE: restores, Kind.CALENDAR: calendars}
    bound = timedelta(minutes=minutes)
    plan = Plan(seed=seed, lifecycles=lifecycles, clients=clients, faults=faults, bound=bound)
    cluster = Cluster(reset=True, more={"MAIL_PER_SECOND": MAIL_PER_SECOND})
    leave(asyncio.run(_run(cluster, partial(_drills, plan=plan))))


@app.command(name="stories")
def plays_stories(
    chosen: Annotated[list[str] | None, typer.Argument(help="Files of tests, or pytest's options.")] = None,
) -> None:
    """Start its PostgreSQL and its Temporal servers alone and play the stories on them, in virtual time."""

    leave(asyncio.run(_plays_stories(Cluster(reset=True, of_temporal=VIRTUAL), chosen or ())))


@app.command()
def up(
    reset: Annotated[bool, typer.Option("--reset", help="Throw the old data away first.")] = False,
) -> None:
    """Start it with the data of before and stay until Ctrl-C."""
    leave(asyncio.run(_run(Cluster(reset=reset), _stays)))


if __name__ == "__main__":
    app(prog_name="python -m local.cluster")
