"""Copies of a stack's two stores, and putting them back: what an operator does, on one machine.

PostgreSQL is copied by `pg_dump` while it runs, Temporal's SQLite file by SQLite's own backup. Each is put
back while whoever uses it is stopped. Copied one after the other they are moments apart: then reconcile.
"""

import shutil
import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from local.postgres import DATABASE, Postgres, binaries
from local.process import Child

DATABASE_COPY: Final = "monitoring.dump"
HISTORIES_COPY: Final = "temporal.db"
SECRETS_COPY: Final = "secrets"
_SECONDS: Final = 600.0


async def copy_database(postgres: Postgres, to: Path) -> None:
    """The database as of now, in PostgreSQL's own format."""
    await _runs(postgres, "pg_dump", "--format=custom", f"--file={to}", DATABASE)


async def put_back_database(postgres: Postgres, copy: Path) -> None:
    """The database as it was copied, in the place of the one there is; sessions are ended."""
    await postgres.drop_database(DATABASE)
    await postgres.create_database(DATABASE)
    await _runs(postgres, "pg_restore", "--exit-on-error", f"--dbname={DATABASE}", str(copy))


def copy_histories(home: Path, to: Path) -> None:
    """Temporal's file as of now, whether the server runs or not."""
    source, target = sqlite3.connect(home / HISTORIES_COPY), sqlite3.connect(to)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()


def put_back_histories(home: Path, copy: Path) -> None:
    """Temporal's file as it was copied; the server must be stopped."""
    for rest in ("-wal", "-shm"):
        (home / f"{HISTORIES_COPY}{rest}").unlink(missing_ok=True)
    shutil.copyfile(copy, home / HISTORIES_COPY)


async def _runs(postgres: Postgres, program: str, *arguments: str) -> None:
    """A program of PostgreSQL on this server. Raises StackError with the end of its log."""
    url = make_url(postgres.url())
    child = Child(
        name=program,
        argv=[str(binaries() / program), *arguments],
        log=postgres.home / "log" / f"{program}.log",
        env={
            "PGHOST": str(url.host),
            "PGPORT": str(url.port),
            "PGUSER": str(url.username),
            "PGPASSWORD": str(url.password),
        },
    )
    await child.start()
    if await child.finish(_SECONDS):
        raise child.failure("failed")
