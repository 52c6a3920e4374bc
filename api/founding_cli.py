"""An installation begins: `python -m api.founding_cli FILE`, or `-` for standard input.

Once, on an empty database at the newest schema. Exit codes: 0 founded, 1 the database cannot be used,
2 the file cannot be used, 3 founded already. Only the token goes to standard output.
"""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, OperationalError, ProgrammingError

from activities.database.sessions import engine_for, sessions_for
from activities.registries.local_day import local_today
from activities.registries.not_ready import RegistryNotReady
from api.founding.file import BadFile, FoundingFile, read_founding
from api.founding.founding import AlreadyFounded, Founded, found
from api.problems.problem import Failed
from models.settings.environment import Settings

NO_DATABASE: Final = 1
BAD_FILE: Final = 2
FOUNDED_ALREADY: Final = 3
NEXT: Final = """
The token is the administrator's and is shown this once: keep it. What comes next, with that token:
  GET /api/v1/me                                       who you are
  POST /api/v1/registry/organisations/ID/versions      more divisions and the bodies that are monitored
  PUT /api/v1/registry/spheres/ID                      spheres
  PUT /api/v1/registry/people/ID, .../accounts/ID      people, and their accounts
  python -m api.tokens_cli issue --account ID          a token for each account
  GET /api/v1/calendar                                 look the calendar through; publish the next in time
"""


def main(
    file: Annotated[
        Path,
        typer.Argument(help="TOML in UTF-8 as in samples/founding.toml; `-` reads standard input."),
    ],
    days: Annotated[int, typer.Option(help="Calendar days until the token expires.", min=1, max=3650)] = 90,
) -> None:
    """Found an installation on an empty database and print the administrator's token."""
    try:
        wanted = read_founding(_content(file), local_today())
    except BadFile as bad:
        _end(f"{bad}\nNothing was written.", BAD_FILE)
    done = _founded(wanted, days)
    typer.echo(
        f"founded: organisations {done.organisations}, edition {done.edition}, calendar {done.calendar}; "
        f"duties count from {done.counted_from}, conducted before: {done.done_before}; "
        f"account {done.account}, its token expires {done.expires_on}",
        err=True,
    )
    typer.echo(done.token)
    typer.echo(NEXT, err=True)


def _content(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise BadFile(f"the file cannot be read: {error.strerror}") from None


def _founded(file: FoundingFile, days: int) -> Founded:
    try:
        return asyncio.run(_in_database(file, days))
    except AlreadyFounded:
        _end("This database is in use already: nothing was changed.", FOUNDED_ALREADY)
    except ValidationError as error:
        names = ", ".join(str(fault["loc"][0]).upper() for fault in error.errors() if fault["loc"])
        _end(f"The environment is not set as it should be: {names}.", NO_DATABASE)
    except ArgumentError:
        _end("DATABASE_URL is not an address: postgresql+psycopg://user:password@host/name.", NO_DATABASE)
    except OperationalError:
        _end("The database of DATABASE_URL does not answer, or does not let us in.", NO_DATABASE)
    except ProgrammingError:
        _end("The database has no schema, or an older one: run `alembic upgrade head` first.", NO_DATABASE)
    except (Failed, RegistryNotReady):
        _end("The registries changed meanwhile: nothing was written. Run it again.", NO_DATABASE)


async def _in_database(file: FoundingFile, days: int) -> Founded:
    engine = engine_for(Settings().database_url, pool_size=1)
    try:
        async with sessions_for(engine)() as session, session.begin():
            return await found(session, file, days=days, now=datetime.now(UTC), today=local_today())
    finally:
        await engine.dispose()


def _end(sentence: str, code: int) -> NoReturn:
    """Say it to the operator and end: never a traceback, which would show what was given."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code) from None


if __name__ == "__main__":
    typer.run(main)
