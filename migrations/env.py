"""Alembic's entry: the database of `DATABASE_URL`, the schema of `models.tables`."""

import logging.config

from alembic import context
from sqlalchemy import Connection, create_engine, pool
from sqlmodel import SQLModel

import models.tables  # noqa: F401  (fills the metadata)
from migrations.rights import grant_rights
from models.settings.environment import Settings

# Two programs that start at once migrate one after the other.
_LOCK = 192_2023


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=SQLModel.metadata, compare_type=True)
    with context.begin_transaction():
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        context.run_migrations()
        grant_rights(connection)


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database: set DATABASE_URL and leave out --sql.")

if context.config.config_file_name is not None:
    logging.config.fileConfig(context.config.config_file_name, disable_existing_loggers=False)

_engine = create_engine(Settings().database_url, poolclass=pool.NullPool)
with _engine.connect() as _connection:
    _migrate(_connection)
