"""`python -m tests.upgrade.capture CHECKOUT RELEASE`: what a former release leaves, made by its own code.

CHECKOUT is a working copy of that release with its `.venv` made. It plays its sample country on a stack of
its own, some of it only half, and is stopped. What it left is kept under `kept/RELEASE` and is never made
anew: a later release adds a folder of its own.
"""

import asyncio
import lzma
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from local.copies import DATABASE_COPY, HISTORIES_COPY, SECRETS_COPY, back_up
from local.process import leave
from tests.upgrade.former import PLAYS_ON_A_STACK, by_the_former
from tests.upgrade.left import HISTORIES_PACKED, KEPT, STACK, STORY


async def capture(checkout: Path, release: str) -> None:
    """Plays, copies, packs. Exits with 1 where the former release could not play."""
    kept = KEPT / release
    if kept.exists():
        raise typer.BadParameter(f"{kept} is kept already.")
    with TemporaryDirectory() as state:
        story = Path(state) / STORY
        if await by_the_former(checkout, PLAYS_ON_A_STACK, Path(state), STACK, story):
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
