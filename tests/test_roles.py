"""The roles of production, made by the script that makes them there, on a PostgreSQL of its own."""

import os
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from psycopg.errors import InsufficientPrivilege
from sqlalchemy.engine import make_url

from local.ports import LOOPBACK
from local.postgres import Postgres, binaries
from local.programs import ROOT, migrate

PASSWORDS = {
    "monitoring_owner_db_password": "o1",
    "monitoring_db_password": "a1",
    "temporal_db_password": "t1",
}


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[Postgres]:
    running = Postgres(tmp_path, fast=True)
    await running.start()
    yield running
    await running.stop()


def makes_roles(server: Postgres, passwords: dict[str, str]) -> None:
    secrets = server.home / "container-secrets"
    secrets.mkdir(exist_ok=True)
    for name, password in passwords.items():
        (secrets / name).write_text(password)
    runs(server, "sh", str(ROOT / "docker" / "postgres-roles.sh"), SECRETS=str(secrets))


def runs(server: Postgres, *command: str, **environment: str) -> None:
    """A program of PostgreSQL, as the owner of the server."""
    superuser = make_url(server.url())
    given = {
        **os.environ,
        **environment,
        "PATH": f"{binaries()}:{os.environ['PATH']}",
        "POSTGRES_USER": str(superuser.username),
        "PGUSER": str(superuser.username),
        "PGPASSWORD": str(superuser.password),
        "PGHOST": LOOPBACK,
        "PGPORT": str(server.port),
    }
    done = subprocess.run(command, env=given, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr


def url(server: Postgres, role: str, password: str) -> str:
    return f"postgresql+psycopg://{role}:{password}@{LOOPBACK}:{server.port}/monitoring"


async def tries(server: Postgres, role: str, password: str, *deeds: str) -> None:
    dsn = url(server, role, password).replace("+psycopg", "", 1)
    async with await psycopg.AsyncConnection.connect(dsn) as connection:
        for deed in deeds:
            await connection.execute(deed)


@pytest.mark.parametrize("deed", ["UPDATE journal SET hash = ''", "DELETE FROM journal", "TRUNCATE journal"])
async def test_whoever_works_adds_to_the_journal_and_changes_nothing_in_it(
    server: Postgres, tmp_path: Path, deed: str
) -> None:
    makes_roles(server, PASSWORDS)
    makes_roles(server, PASSWORDS)
    await migrate(url(server, "monitoring_owner", "o1"), tmp_path / "migrate.log")
    read = "SELECT count(*) FROM journal"
    entry = (
        "INSERT INTO journal (workflow_id, seq, run_id, type, at, actor, event, previous_hash, hash, "
        "recorded_at) VALUES ('monitoring/x', 1, 'r', 't', now(), '{}', '{}', '', '', now())"
    )
    await tries(server, "monitoring", "a1", read, entry, "UPDATE monitorings SET stage = stage")
    with pytest.raises(InsufficientPrivilege):
        await tries(server, "monitoring", "a1", deed)
    with pytest.raises(psycopg.errors.RestrictViolation):
        await tries(server, "monitoring_owner", "o1", deed)


async def test_a_password_is_changed_by_the_same_script(server: Postgres) -> None:
    makes_roles(server, PASSWORDS)
    makes_roles(server, PASSWORDS | {"monitoring_db_password": "a2"})
    await tries(server, "monitoring", "a2", "SELECT 1")
    with pytest.raises(psycopg.OperationalError):
        await tries(server, "monitoring", "a1", "SELECT 1")


async def test_a_copy_is_put_back_as_operations_say(server: Postgres, tmp_path: Path) -> None:
    """docs/operations.md, word by word; afterwards rights and triggers are as before."""
    makes_roles(server, PASSWORDS)
    await migrate(url(server, "monitoring_owner", "o1"), tmp_path / "migrate.log")
    copy = str(tmp_path / "monitoring.dump")
    runs(server, "pg_dump", "-Fc", "-f", copy, "monitoring")
    runs(server, "dropdb", "--force", "monitoring")
    runs(server, "createdb", "-O", "monitoring_owner", "monitoring")
    makes_roles(server, PASSWORDS)
    runs(server, "pg_restore", "--exit-on-error", "-d", "monitoring", copy)
    await migrate(url(server, "monitoring_owner", "o1"), tmp_path / "migrate.log")
    await tries(server, "monitoring", "a1", "SELECT count(*) FROM journal")
    with pytest.raises(InsufficientPrivilege):
        await tries(server, "monitoring", "a1", "DELETE FROM journal")
    with pytest.raises(psycopg.errors.RestrictViolation):
        await tries(server, "monitoring_owner", "o1", "DELETE FROM journal")
    with pytest.raises(psycopg.OperationalError):
        await tries(server, "temporal", "t1", "SELECT 1")


async def test_what_one_role_owned_before_becomes_the_owners(server: Postgres, tmp_path: Path) -> None:
    """An installation from before: `monitoring` owned its tables and signed in as their owner."""
    makes_roles(server, PASSWORDS)
    await tries(server, "monitoring_owner", "o1", "GRANT CREATE ON SCHEMA public TO monitoring")
    await migrate(url(server, "monitoring", "a1"), tmp_path / "older.log")
    makes_roles(server, PASSWORDS)
    await migrate(url(server, "monitoring_owner", "o1"), tmp_path / "migrate.log")
    await tries(server, "monitoring", "a1", "SELECT count(*) FROM journal")
    with pytest.raises(InsufficientPrivilege):
        await tries(server, "monitoring", "a1", "DROP TABLE journal")
