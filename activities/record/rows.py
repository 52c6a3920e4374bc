"""Rows of a projection, kept in one statement and by one parameter, however many they are."""

import json
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Text, cast, literal, text
from sqlalchemy.dialects.postgresql import JSON
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from models.proceeding.state import Proceeding


def state_as_json(state: Proceeding) -> tuple[ColumnElement[object], int]:
    """A state for its column, written once and not by way of dictionaries; and how long it is."""
    written = state.model_dump_json()
    return cast(literal(written, Text), JSON), len(written)


Row = dict[str, object]
"""A row by the names of its columns; what is not named is empty."""


async def keep_rows(
    session: AsyncSession, table: type[SQLModel], key: Iterable[str], rows: Iterable[Row]
) -> None:
    """Add rows, or put them in the place of those of the same key. Values are strings, numbers and dates."""
    kept = list(rows)
    if not kept:
        return
    named, parts = str(table.__tablename__), tuple(key)
    others = ", ".join(f"{name} = excluded.{name}" for name in table.model_fields if name not in parts)
    statement = f"""
        INSERT INTO {named}
        SELECT * FROM json_populate_recordset(CAST(NULL AS {named}), CAST(:rows AS json))
        ON CONFLICT ({", ".join(parts)}) DO UPDATE SET {others}
    """
    connection = await session.connection()
    await connection.execute(text(statement), {"rows": json.dumps(kept, default=date.isoformat)})
