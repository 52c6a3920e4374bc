"""What an operator runs (docs/operations.md): `python -m operate doctor` explains an installation,
`python -m operate moments` sees to missed moments, `python -m operate erase` erases what of people is due,
by an order.
"""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Final

import typer
from dns.asyncresolver import Resolver
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.service import RPCError

from activities.database.sessions import engine_for, sessions_for
from activities.doctor.clocks import clocks
from activities.doctor.finding import Finding, Gravity
from activities.doctor.keys_and_disks import copies, disks, keys
from activities.doctor.mail_names import MailNames
from activities.doctor.mail_server import mail_server
from activities.doctor.stores import database, temporal, temporal_away
from activities.keepers.catching_up import LookedAt, Seen, see_to, those_missed
from activities.keepers.erasing import Order, due_for_erasure
from activities.keepers.erasing import erase as erased
from activities.registries.local_day import local_today
from models.proceeding.missed import MissedFault
from models.settings.environment import Settings
from models.vocabulary.retention import Held
from workflows.attributes import SEARCH_ATTRIBUTES
from workflows.client import connect

UNREACHABLE: Final = 3
_CODES: Final = {Seen.UNDER_WAY: 1, Seen.MISSED: 1, Seen.NOT_CAUGHT_UP: 1, Seen.BEYOND: 2}
_WORDS: Final = {Gravity.SOUND: "ok", Gravity.DOUBTFUL: "LOOK", Gravity.BROKEN: "FAULT"}
_WRONG: Final = {
    None: "under way",
    MissedFault.SILENT: "its timer is lost; --refresh has it look at the clock",
    MissedFault.HALTED: "its task fails again and again: see the log of worker-procedure",
    MissedFault.GONE: "no run of it is under way: python -m api.reconcile_cli",
}
app = typer.Typer(add_completion=False, no_args_is_help=True, help="What an operator runs.")


@app.command()
def doctor(
    trial_letter: Annotated[
        str, typer.Option("--trial-letter", help="Send a letter to this address; without it none leaves.")
    ] = "",
    dns: Annotated[str, typer.Option("--dns", help="Ask this server of names: host:port.")] = "",
) -> None:
    """Explain an installation, a sentence each. Exit codes: 0 all is well, 1 look at something, 2 a fault."""
    found = asyncio.run(examined(Settings(), trial_letter, _resolver(dns)))
    for each in found:
        typer.echo(told(each))
    worst = max(each.gravity for each in found)
    typer.echo(f"{len(found)} things were looked at. The worst: {_WORDS[worst]}.")
    raise typer.Exit(int(worst))


@app.command()
def erase(
    order: Annotated[
        str, typer.Option("--order", help="Kind and number of the order; without it nothing is erased.")
    ] = "",
    dated: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Its date.")] = None,
) -> None:
    """Show what of people is due for erasure; with an order, erase it and log that.

    Exit codes: 0 done, or nothing is due; 1 something is due; 2 an order without its date; 3 no database.
    """
    raise typer.Exit(_within_reach(_erase(Settings(), order.strip(), dated.date() if dated else None)))


@app.command()
def moments(
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Have each look at the clock; without it nothing is changed.")
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Only these workflows, e.g. monitoring/2026-UO-0001, listed or not."),
    ] = None,
) -> None:
    """Show proceedings whose next moment came and brought nothing; have them catch up.

    Exit codes: 0 none is missed any more, 1 some are, 2 some need something else, 3 a store does not answer.
    """
    raise typer.Exit(_within_reach(_moments(Settings(), only or [], refresh=refresh)))


async def examined(given: Settings, trial_letter: str, resolver: Resolver) -> Sequence[Finding]:
    """All that can be found out, whatever does not answer."""
    engine = engine_for(given.database_url, pool_size=2)
    sessions, attributes = sessions_for(engine), [key.name for key in SEARCH_ATTRIBUTES]
    found: list[Finding] = []
    client: Client | None = None
    try:
        client = await connect(given)
        found += await temporal(client, given, attributes)
    except (RPCError, RuntimeError, OSError, ValueError) as fault:
        found.append(temporal_away(type(fault).__name__))
    found += await database(sessions, given)
    found += await clocks(sessions, client)
    found += [*keys(given), *disks(given), copies(given)]
    found += await MailNames(given, resolver).findings()
    found.append(await mail_server(given, trial_letter))
    await engine.dispose()
    return found


def told(found: Finding) -> str:
    """A finding in a line or two."""
    line = f"{_WORDS[found.gravity]:5} {found.about}: {found.said}"
    return f"{line}\n      → {found.todo} (docs/operations.md, “{found.section}”)" if found.todo else line


def _resolver(server: str) -> Resolver:
    if not server:
        return Resolver()
    host, _, port = server.rpartition(":")
    resolver = Resolver(configure=False)
    resolver.nameservers, resolver.port = [host], int(port)
    return resolver


async def _moments(given: Settings, only: Sequence[str], *, refresh: bool) -> int:
    engine = engine_for(given.database_url, pool_size=2)
    try:
        sessions, client = sessions_for(engine), await connect(given)
        async with sessions() as session:
            late = await those_missed(session, only)
        seen = [await see_to(sessions, client, each, refresh=refresh) for each in late]
    finally:
        await engine.dispose()
    for each in seen:
        typer.echo(_said(each))
    worst = max((_CODES.get(each.seen, 0) for each in seen), default=0)
    typer.echo("See docs/operations.md, “Missed moments”." if worst else "No moment is missed.")
    return worst


async def _erase(given: Settings, act: str, dated: date | None) -> int:
    if act and (dated is None or dated > local_today()):
        typer.echo("Say the date of the order (--dated 2026-11-03), which is not to come.", err=True)
        return 2
    engine = engine_for(given.database_url, pool_size=2)
    try:
        async with sessions_for(engine).begin() as session:
            now = datetime.now(UTC)
            if act and dated:
                done = await erased(session, Order(act=act, dated=dated), now)
                counted = {Held(row.held): row.count for row in done}
            else:
                counted = await due_for_erasure(session, now)
    finally:
        await engine.dispose()
    for held, count in counted.items():
        if count:
            typer.echo(f"{held.value}: {count} {'erased' if act else 'due'}")
    if not any(counted.values()):
        typer.echo("Nothing is due.")
    return 0 if act or not any(counted.values()) else 1


def _said(looked: LookedAt) -> str:
    line = f"{looked.late.mark}: due {looked.late.due_at:%F %T} UTC"
    if looked.seen in {Seen.CAUGHT_UP, Seen.NOT_CAUGHT_UP}:
        return f"{line}, {looked.seen.value}"
    return f"{line}, {_WRONG[looked.fault]}"


def _within_reach(work: Coroutine[None, None, int]) -> int:
    try:
        return asyncio.run(work)
    except (SQLAlchemyError, RPCError, RuntimeError, OSError) as error:
        typer.echo(f"A store cannot be reached ({type(error).__name__}). Nothing more was done.", err=True)
        return UNREACHABLE


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(message)s")
    app(prog_name="python -m operate")
