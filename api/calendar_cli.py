"""The working calendar by hand: `python -m api.calendar_cli seed | import | export | list`."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.sessions import engine_for, sessions_for
from activities.registries.calendars import calendar_in
from api.calendar.seed import seed_edition
from api.calendar.store import all_editions, known_edition, publish, publish_first
from api.problems.problem import Failed
from locales.catalogue import text
from models.calendar.changes import days_fit
from models.calendar.csv import read_calendar, write_calendar
from models.calendar.edition import CalendarEdition
from models.settings.environment import Settings
from models.vocabulary.procedure import Language
from models.vocabulary.refusal import Refused
from models.vocabulary.texts import says_something

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Editions of the working calendar.")
R = TypeVar("R")


@app.command("seed")
def seed_calendar() -> None:
    """Publish the first edition, if there is none yet; an installation runs this after its migrations."""
    now = datetime.now(UTC)

    async def seeded(session: AsyncSession) -> str | None:
        row = await publish_first(session, seed_edition(), now)
        return row.edition if row else None

    published = _in_database(seeded)
    typer.echo(f"{published} is in use" if published else "there is a calendar already; nothing was done")


@app.command("import")
def import_calendar(
    file: Annotated[Path, typer.Argument(help="A calendar as CSV in UTF-8.", exists=True, dir_okay=False)],
    reason: Annotated[str, typer.Option(help="Why it is published: people will read it.", min=1)],
) -> None:
    """Publish the edition in a file. Its days take the place of all days of the edition in use."""
    if not says_something(reason):
        raise typer.BadParameter("say why it is published: people will read it")
    edition = _read(file)
    now = datetime.now(UTC)
    row = _in_database(
        lambda session: publish(session, lambda *_: edition, reason=reason, account=None, now=now)
    )
    typer.echo(f"{row.edition} is in use")


@app.command("export")
def export_calendar(
    edition: Annotated[str | None, typer.Argument(help="The edition's id; the one in use if absent.")] = None,
) -> None:
    """Print an edition as CSV."""
    row = _in_database(lambda session: known_edition(session, edition))
    sys.stdout.write(write_calendar(calendar_in(row)))


@app.command("list")
def list_calendars() -> None:
    """List the editions, the newest first: id, when, by whom, until when announced, why."""
    for row in _in_database(all_editions):
        announced = calendar_in(row).announced_through
        typer.echo(f"{row.edition}  {row.at:%Y-%m-%d}  {row.account or '-'}  {announced}  {row.reason}")


@app.command("draft")
def draft_calendar() -> None:
    """Print as CSV what `seed` would publish, to be looked through by a person."""
    sys.stdout.write(write_calendar(seed_edition()))


def _read(file: Path) -> CalendarEdition:
    try:
        edition = read_calendar(file.read_text(encoding="utf-8"))
        days_fit(edition)
        return edition
    except UnicodeDecodeError:
        raise typer.BadParameter("save the file as CSV in UTF-8") from None
    except Refused as refused:
        sentence = text(Language.EN, f"refused.{refused.code}", **refused.params)
        raise typer.BadParameter(sentence) from None


def _in_database(work: Callable[[AsyncSession], Awaitable[R]]) -> R:
    """Run in one transaction on the database of DATABASE_URL."""

    async def run() -> R:
        engine = engine_for(Settings().database_url, pool_size=1)
        try:
            async with sessions_for(engine)() as session, session.begin():
                return await work(session)
        finally:
            await engine.dispose()

    try:
        return asyncio.run(run())
    except Failed as failed:
        refusal = failed.refusals[0]
        sentence = "there is no calendar yet: seed it"
        if refusal.params:
            sentence = text(Language.EN, f"problem.{refusal.code}", **refusal.params)
        raise typer.BadParameter(sentence) from None


if __name__ == "__main__":
    app(prog_name="python -m api.calendar_cli")
