"""`python -m local.rehearsal`: play a year on virtual time, print its timetable, say whether it was true."""

import asyncio
import time
from typing import Annotated

import typer
from rich.console import Console

from local.process import StackError, leave
from local.rehearsal.patience import RehearsalFailed
from local.rehearsal.rehearse import Rehearsed, rehearse
from local.rehearsal.screen import shows
from local.rehearsal.stage import quiet
from models.vocabulary.procedure import Language


async def _play(language: Language) -> Rehearsed:
    # Progress goes beside the output: the timetable can be sent to a file.
    with Console(stderr=True).status("Starting PostgreSQL, Temporal and the mailbox") as status:
        return await rehearse(language, lambda words: status.update(f"Playing until {words}"))


def main(
    language: Annotated[Language, typer.Option(help="In which language events are told.")] = Language.EN,
) -> None:
    """Rehearse a year of an authorized body and two divisions of the sample country."""
    quiet()
    console, begun = Console(), time.monotonic()
    try:
        rehearsed = asyncio.run(_play(language))
    except (RehearsalFailed, StackError) as failed:
        console.print("[bold red]The rehearsal stopped:[/] ", end="")
        console.print(str(failed), markup=False, highlight=False)
        leave(1)
    shows(console, rehearsed)
    console.print(f"Played in {time.monotonic() - begun:.0f} s.")
    leave(0)


if __name__ == "__main__":
    typer.run(main)
