"""`python -m tests.upgrade.capture CHECKOUT RELEASE`: what a former release leaves, made by its own code.

CHECKOUT is a working copy of that release with its `.venv` made. It plays its sample country on a stack of
its own, some of it only half, and is stopped. What it left is kept under `kept/RELEASE` and is never made
anew: a later release adds a folder of its own.
"""

import asyncio
import lzma
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import typer

from local.copies import DATABASE_COPY, HISTORIES_COPY, SECRETS_COPY, back_up
from local.process import leave
from tests.upgrade.left import HISTORIES_PACKED, KEPT, STACK, STORY

_PLAYED: Final = """
import asyncio, json, sys
from pathlib import Path
import httpx
from local.demo.caller import Caller
from local.demo.letterbox import Letterbox
from local.demo.play import Scene, Theatre
from local.demo.screen import Screen
from local.demo.visitor import Visitor
from local.samples import ScenarioName, load_country, load_scenario
from local.seed import seed
from local.stack import Stack

async def main(state, name, story):
    async with Stack(name, state=Path(state), usual_ports=False, encrypted=True) as stack:
        seeded = await seed(stack.postgres.url())
        labels = {account.id: account.label for account in load_country().accounts}
        async with (
            httpx.AsyncClient(base_url=stack.api_url, timeout=60) as api,
            httpx.AsyncClient(base_url=stack.mailbox.http_url, timeout=60) as mail,
            httpx.AsyncClient(timeout=60) as browser,
        ):
            theatre = Theatre(
                call=lambda account: Caller(api, seeded.tokens[labels[account]]),
                letterbox=Letterbox(mail), mailbox=stack.mailbox, visitor=Visitor(browser),
                screen=Screen(), public_url=stack.api_url,
            )
            def scene(which):
                return Scene(which.name, load_scenario(which), theatre)
            closed = scene(ScenarioName.C)
            await closed.play()
            dispatched = scene(ScenarioName.A)
            to_analysis = ("_starts", "_forms_a_working_group", "_collects", "_analyses")
            for act in (*to_analysis, "_reports", "_dispatches"):
                await getattr(dispatched, act)()
            submitted = scene(ScenarioName.B)
            for act in to_analysis:
                await getattr(submitted, act)()
            await submitted._submits(1)
            begun = scene(ScenarioName.B)
            await begun._starts()
            await begun._post("/collection", {"began_on": begun.scenario.began_on.isoformat()})
            request = begun.scenario.information_requests[0]
            await begun._post("/information-requests", {
                "holder": request.holder,
                "source_kind": request.source_kind.value,
                "question": request.question.kk,
            })
            unread, links = theatre.letterbox.next_with_link, {}
            for addressee in dispatched.scenario.dispatch.addressees:
                address = dispatched._mended_address(addressee.organisation)
                links[addressee.organisation] = await unread(address, dispatched.number)
            asked = await unread(begun._address(request.holder), begun.number)
            scenes = {"closed": closed, "dispatched": dispatched, "submitted": submitted, "begun": begun}
            heads = {}
            for each in scenes.values():
                checked = await theatre.call("a-uo-auditor").ask(each._path + "/history/check")
                heads[each.number] = checked.json()["head"]["whole"]
            Path(story).write_text(json.dumps({
                "tokens": seeded.tokens,
                "numbers": {part: each.number for part, each in scenes.items()},
                "links": {part: "/r/" + link.rpartition("/r/")[2] for part, link in links.items()},
                "asked": "/r/" + asked.rpartition("/r/")[2],
                "heads": heads,
            }, ensure_ascii=False))

asyncio.run(main(*sys.argv[1:]))
"""


async def capture(checkout: Path, release: str) -> None:
    """Plays, copies, packs. Exits with 1 where the former release could not play."""
    kept = KEPT / release
    if kept.exists():
        raise typer.BadParameter(f"{kept} is kept already.")
    with TemporaryDirectory() as state:
        story = Path(state) / STORY
        program = checkout / ".venv" / "bin" / "python"
        played = await asyncio.create_subprocess_exec(
            program, "-c", _PLAYED, state, STACK, str(story), cwd=checkout
        )
        if await played.wait():
            raise typer.Exit(1)
        copied = Path(state) / "copied"
        await back_up(Path(state) / STACK, copied)
        kept.mkdir(parents=True)
        (kept / STORY).write_text(story.read_text() + "\n")
        (copied / DATABASE_COPY).rename(kept / DATABASE_COPY)
        (copied / SECRETS_COPY).rename(kept / SECRETS_COPY)
        (kept / HISTORIES_PACKED).write_bytes(lzma.compress((copied / HISTORIES_COPY).read_bytes()))


def main(
    checkout: Annotated[Path, typer.Argument(help="A working copy of the former release, with its .venv.")],
    release: Annotated[str, typer.Argument(help="What it is called: the folder's name.")],
) -> None:
    """Keep what a former release leaves."""
    asyncio.run(capture(checkout.resolve(), release))
    leave(0)


if __name__ == "__main__":
    typer.run(main)
