"""The migrations and `models/tables` say the same; the way back works too."""

import os
import subprocess
import sys

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel

from activities.database.sessions import engine_for
from local.programs import ROOT


def alembic(database_url: str, *words: str) -> None:
    environment = {**os.environ, "DATABASE_URL": database_url}
    subprocess.run(
        [sys.executable, "-m", "alembic", *words], cwd=ROOT, env=environment, check=True, timeout=60
    )


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), SQLModel.metadata))


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_migrated_schema_agrees_with_the_tables(database_url: str) -> None:
    engine = engine_for(database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(tables) == set(SQLModel.metadata.tables) | {"alembic_version"}
    await engine.dispose()


async def test_downgrade_leaves_nothing_behind(empty_database_url: str) -> None:
    alembic(empty_database_url, "upgrade", "head")
    alembic(empty_database_url, "downgrade", "base")
    engine = engine_for(empty_database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(tables) == {"alembic_version"}
    await engine.dispose()
