"""The command `python -m local.stack up`: start, say where everything is, stay, stop."""

import asyncio
import json
import shlex
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from local.copies import Copied, back_up, put_back
from local.ports import LOOPBACK
from local.process import StackError, leave, tail
from local.samples import load_country
from local.stack import STATE, Part, Stack, settings_of

TOKENS_FILE = "tokens.json"
OUT = Console()
app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def _commands() -> None:
    """The whole system on this machine."""


@app.command()
def up(
    name: Annotated[str, typer.Option(help="Which data: .state/<name>.")] = "demo",
    reset: Annotated[bool, typer.Option("--reset", help="Throw the old data away first.")] = False,
    encrypted: Annotated[bool, typer.Option("--encrypted", help="Encrypt new histories.")] = False,
) -> None:
    """Start everything, print the addresses and stay until Ctrl-C."""
    try:
        code = asyncio.run(_stay(Stack(name, reset=reset, encrypted=encrypted)))
    except StackError as error:
        OUT.print(f"[bold red]{name}:[/] ", end="")
        OUT.print(str(error), markup=False, highlight=False)
        code = 1
    leave(code)


@app.command()
def backup(
    to: Annotated[Path, typer.Argument(help="A directory for the copies; it is made.")],
    name: Annotated[str, typer.Option(help="Which data: .state/<name>.")] = "demo",
) -> None:
    """Copy both stores and the secrets, while the stack runs or not."""
    _does(name, back_up(STATE.resolve() / name, to.resolve()), f"Copied to {to}.")


@app.command()
def restore(
    copy: Annotated[Path, typer.Argument(help="The directory that `backup` wrote.")],
    name: Annotated[str, typer.Option(help="Which data: .state/<name>.")] = "demo",
    only: Annotated[Copied | None, typer.Option(help="One of the two stores alone.")] = None,
) -> None:
    """Put copies back; the stack must be stopped. Start it afterwards and reconcile (docs/operations.md)."""
    _does(
        name,
        put_back(STATE.resolve() / name, copy.resolve(), only),
        "Put back. Start the stack, then reconcile: docs/operations.md.",
    )


@app.command()
def environment(name: Annotated[str, typer.Option(help="Which data: .state/<name>.")] = "demo") -> None:
    """Print the settings of a stack's worker and API, for `eval` before an operator's programs."""
    try:
        settings = settings_of(name)
    except StackError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    for key, value in settings.items():
        typer.echo(f"export {key}={shlex.quote(value)}")


def _does(name: str, work: Coroutine[None, None, None], done: str) -> None:
    try:
        asyncio.run(work)
    except (StackError, OSError) as error:
        OUT.print(f"[bold red]{name}:[/] ", end="")
        OUT.print(str(error), markup=False, highlight=False)
        leave(1)
    typer.echo(done)
    leave(0)


def addresses(stack: Stack) -> Table:
    """Where everything is, for people."""
    rows = (
        ("API", f"{stack.api_url}/docs", "try every route"),
        ("pages for staff", f"{stack.api_url}/staff", "sign in by a link to your address, or with a token"),
        ("public pages", f"{stack.api_url}/", "what citizens see"),
        ("mailbox", stack.mailbox.http_url, "every letter sent"),
        ("Temporal UI", stack.temporal.ui_url, "no login; loopback only"),
        ("PostgreSQL", f"{LOOPBACK}:{stack.postgres.port}", "password: secrets/postgres"),
        ("data, logs", str(stack.home), ""),
    )
    title = f"{stack.name} runs. Ctrl-C stops it; the data stays."
    table = Table(title=title, title_justify="left", box=box.SIMPLE, show_header=False)
    for style in ("bold", "", "dim"):
        table.add_column(style=style, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def tokens(home: Path) -> list[str]:
    """The demo's sign-in tokens by role, if a demo left any: a line each."""
    path = home / TOKENS_FILE
    if not path.exists():
        return []
    by_role = {str(role): str(token) for role, token in json.loads(path.read_text()).items()}
    width = max(map(len, by_role), default=0)
    return [f"  {role:<{width}}  {token}" for role, token in by_role.items()]


def by_mail(stack: Stack) -> str:
    """How one signs in without a token: by an address of the sample country, whose mail comes here."""
    country = load_country()
    said = ", ".join(
        f"{country.person(country.account(f'a-{label}').person).email} ({label})"
        for label in ("sary-analyst", "sary-head")
    )
    return (
        f"Or ask for a link at {stack.api_url}/sign-in with the address of an account, for example "
        f"{said}: it comes to {stack.mailbox.http_url}."
    )


async def _stay(stack: Stack) -> int:
    """Run until a signal (0) or until a part ends by itself (1)."""
    asked_to_stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, asked_to_stop.set)
    starting = asyncio.create_task(stack.start())
    stopping = asyncio.create_task(asked_to_stop.wait())
    with OUT.status("Starting PostgreSQL, Temporal, mailbox, worker and API …"):
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():
        starting.cancel()  # start() cleans up after itself
        await asyncio.wait({starting})
        return 0
    await starting
    _announce(stack)
    dead = await _watch(stack, asked_to_stop)
    with OUT.status("Stopping …"):
        await stack.close()
    for part in dead:
        OUT.print(f"[bold red]{part} ended by itself.[/] The end of its log:")
        OUT.print(tail(stack.log(part)), markup=False, highlight=False)
    return 1 if dead else 0


def _announce(stack: Stack) -> None:
    stack.describe(f"API {stack.api_url}/docs, mailbox {stack.mailbox.http_url}. Stop it there by Ctrl-C.")
    OUT.print(addresses(stack))
    lines = tokens(stack.home)
    if lines:
        OUT.print("[bold]Tokens[/] for “Authorize” on the API page:")
        # Unbroken, so that a long token can be copied from a narrow window.
        OUT.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)
        OUT.print(by_mail(stack), markup=False, highlight=False, soft_wrap=True)


async def _watch(stack: Stack, asked_to_stop: asyncio.Event) -> list[Part]:
    """Wait for a request to stop; the parts that died before it came."""
    while not asked_to_stop.is_set() and not stack.dead_parts():
        try:
            await asyncio.wait_for(asked_to_stop.wait(), 1.0)
        except TimeoutError:
            continue
    return stack.dead_parts()


def run() -> None:
    """Entry point of `python -m local.stack`."""
    app(prog_name="python -m local.stack")
