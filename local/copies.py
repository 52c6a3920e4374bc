"""Copies of a stack's two stores, and putting them back: what an operator does, on one machine.

PostgreSQL is copied by `pg_dump` while it runs, Temporal's SQLite file by SQLite's own backup; each is put
back while whoever uses it is stopped. Copied one after the other they are moments apart: then reconcile.
"""

import json
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from local.lock import InstanceLock, StackIsRunning
from local.ports import Claims, Port, choose_ports
from local.postgres import DATABASE, Postgres, binaries
from local.process import Child, StackError
from local.stack import LOCK_FILE

DATABASE_COPY: Final = "monitoring.dump"
HISTORIES_COPY: Final = "temporal.db"
SECRETS_COPY: Final = "secrets"
_SECONDS: Final = 600.0


class Copied(StrEnum):
    """What a copy holds; either may be put back alone."""

    DATABASE = "database"
    HISTORIES = "histories"


async def back_up(home: Path, to: Path) -> None:
    """Everything a stack needs to be put back, whether it runs or not.

    Histories first: what the database holds besides journals (texts, files) is nowhere else, so it must not
    be the older one.
    """
    _copy_files(home, to)
    async with _database_of(home) as postgres:
        await copy_database(postgres, to / DATABASE_COPY)


def _copy_files(home: Path, to: Path) -> None:
    if not (home / HISTORIES_COPY).exists():
        raise StackError(f"There is no stack in {home}.")
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copytree(home / SECRETS_COPY, to / SECRETS_COPY, dirs_exist_ok=True)
    copy_histories(home, to / HISTORIES_COPY)


async def put_back(home: Path, copy: Path, only: Copied | None = None) -> None:
    """Both stores, or one, as they were copied. Raises StackError while the stack runs."""
    with _alone(home):
        if only is None:
            shutil.copytree(copy / SECRETS_COPY, home / SECRETS_COPY, dirs_exist_ok=True)
        if only is not Copied.DATABASE:
            put_back_histories(home, copy / HISTORIES_COPY)
        if only is not Copied.HISTORIES:
            async with _started(home) as postgres:
                await put_back_database(postgres, copy / DATABASE_COPY)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    lock = InstanceLock(home / LOCK_FILE)
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


@asynccontextmanager
async def _started(home: Path) -> AsyncIterator[Postgres]:
    claims = Claims()
    postgres = Postgres(home, port=choose_ports(home / "ports.json", claims)[Port.POSTGRES])
    try:
        await postgres.start()
        yield postgres
    finally:
        await postgres.stop()
        claims.release()


@asynccontextmanager
async def _database_of(home: Path) -> AsyncIterator[Postgres]:
    """The server of a stack that runs, or one that is started for this."""
    lock = InstanceLock(home / LOCK_FILE)
    try:
        lock.acquire()
    except StackIsRunning:
        known = json.loads((home / "ports.json").read_text())
        yield Postgres(home, port=int(known[Port.POSTGRES]))
        return
    try:
        async with _started(home) as postgres:
            yield postgres
    finally:
        lock.release()


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
