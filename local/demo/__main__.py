"""`python -m local.demo`: start the stack, seed the country, play the scenarios, show the outcome, stop."""

import asyncio
import shutil
import time
from functools import partial
from typing import Annotated, Final

import httpx
import typer

from local.demo.caller import Caller, DemoFailed
from local.demo.letterbox import Letterbox
from local.demo.play import Scene
from local.demo.proof import is_proved
from local.demo.results import save
from local.demo.screen import Outcome, Screen
from local.demo.theatre import House, Theatre
from local.demo.visitor import Visitor
from local.lock import InstanceLock
from local.process import StackError, leave
from local.samples import ScenarioName, load_country, load_scenario
from local.seed import renew_tokens, seed, write_tokens
from local.stack import LOCK_FILE, STATE, Stack
from models.vocabulary.procedure import Id

TOKENS_FILE: Final = "tokens.json"
DOCUMENTS: Final = "documents"
BUNDLES: Final = "bundles"


async def demo(stack: House, screen: Screen) -> None:
    """Play the scenarios on a running house. Raises `DemoFailed`."""
    seeded = await seed(stack.postgres.url())
    labels = {account.id: account.label for account in load_country().accounts}
    limits = httpx.Limits(max_connections=50)
    async with (
        httpx.AsyncClient(base_url=stack.api_url, timeout=60, limits=limits) as api,
        httpx.AsyncClient(base_url=stack.mailbox.http_url or "", timeout=60) as mail,
        httpx.AsyncClient(timeout=60) as browser,
    ):

        def call(account: Id) -> Caller:
            return Caller(api, seeded.tokens[labels[account]])

        theatre = Theatre(
            call=call,
            renew_tokens=partial(renew_tokens, stack.postgres.url(), seeded.tokens),
            letterbox=Letterbox(mail),
            mailbox=stack.mailbox,
            visitor=Visitor(browser),
            screen=screen,
            public_url=stack.api_url,
        )
        scenes = [Scene(name.name, load_scenario(name), theatre) for name in ScenarioName]
        outcomes: list[Outcome] = []
        for scene in scenes:
            outcomes.append(await scene.play())
            save(stack.home / DOCUMENTS, await scene.results.documents())
        await is_proved(scenes[-1], stack.home / BUNDLES)
        await _no_letter_twice(theatre.letterbox)
    screen.table(outcomes)
    # Written last: `make up` takes this file as the sign that the demo's data is whole.
    write_tokens(stack.home / TOKENS_FILE, seeded.tokens)


async def _no_letter_twice(letterbox: Letterbox) -> None:
    ids = [letter.message_id for letter in await letterbox.all()]
    twice = {message_id for message_id in ids if ids.count(message_id) > 1}
    if twice:
        raise DemoFailed(f"{len(twice)} letters came twice")


async def _run(name: str, encrypted: bool) -> int:
    screen = Screen()
    begun = time.monotonic()
    screen.headline("Starting PostgreSQL, Temporal, mailbox, worker and API")
    try:
        _set_aside(name)
        async with Stack(name, encrypted=encrypted) as stack:
            screen.headline(f"Playing on {stack.api_url}, letters at {stack.mailbox.http_url}")
            await demo(stack, screen)
            screen.headline(f"Done in {time.monotonic() - begun:.0f} s. Kept in {stack.home}:")
            screen.console.print(f"PDFs in {DOCUMENTS}/, a bundle to verify in {BUNDLES}/.")
            screen.console.print(
                "`make up` starts it again with this data and stays; then the links above open."
            )
    except (DemoFailed, StackError) as failed:
        screen.console.print("[bold red]The demo stopped:[/] ", end="")
        screen.console.print(str(failed), markup=False, highlight=False)
        return 1
    return 0


def _set_aside(name: str) -> None:
    """An earlier demo's data may hold somebody's own work by now: it is moved, not thrown away.

    One that stopped half-way holds nobody's work, and cannot be gone on with.
    """
    home, before = STATE / name, STATE / f"{name}-before"
    if not home.exists():
        return
    lock = InstanceLock(home / LOCK_FILE)
    lock.acquire()
    if (home / TOKENS_FILE).exists():
        shutil.rmtree(before, ignore_errors=True)
        home.rename(before)
    else:
        shutil.rmtree(home)
    lock.release()


def main(
    name: Annotated[str, typer.Option(help="Where the data goes: .state/<name>.")] = "demo",
    encrypted: Annotated[bool, typer.Option("--encrypted", help="Encrypt new histories.")] = False,
) -> None:
    """Play the scenarios from outside and say where to look."""
    leave(asyncio.run(_run(name, encrypted)))


if __name__ == "__main__":
    typer.run(main)
