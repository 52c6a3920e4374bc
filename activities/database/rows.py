"""Rows of a table, written in one statement and by one parameter, however many they are."""

import json
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Column, ColumnElement, Select, Table, Text, cast, column, func, literal, select, true
from sqlalchemy.dialects.postgresql import JSON, Insert, insert
from sqlmodel import SQLModel

from models.tables.columns import BY_THE_DATABASE

Row = dict[str, object]
"""A row by the names of its columns; what is not named is empty."""
OnlyIf = ColumnElement[bool]
"""What a statement is carried out under."""
ALWAYS: OnlyIf = true()


def table_of(row: type[SQLModel]) -> Table:
    """The table of a row, for statements that need no object of it."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


def rows_added(table: Table, rows: Iterable[Row], only_if: OnlyIf = ALWAYS) -> Insert:
    """Adds rows. Values are strings, numbers, dates, instants and what JSON knows."""
    names = [each.name for each in _given_columns(table)]
    return insert(table).from_select(names, _given(table, rows).where(only_if))


def rows_kept(
    row: type[SQLModel], key: Iterable[str], rows: Iterable[Row], only_if: OnlyIf = ALWAYS
) -> Insert:
    """Adds rows, or puts them in the place of those of the same key."""
    table, parts = table_of(row), tuple(key)
    added = rows_added(table, rows, only_if)
    others = {each.name: added.excluded[each.name] for each in table.columns if each.name not in parts}
    return added.on_conflict_do_update(index_elements=parts, set_=others)


def _given_columns(table: Table) -> list[Column[object]]:
    """All but those that the database fills."""
    return [each for each in table.columns if BY_THE_DATABASE not in each.info]


def _given(table: Table, rows: Iterable[Row]) -> Select[tuple[object, ...]]:
    columns = (column(each.name, each.type) for each in _given_columns(table))
    written = cast(literal(json.dumps(list(rows), default=_written), Text), JSON)
    given = func.json_to_recordset(written).table_valued(*columns).render_derived("given", with_types=True)
    return select(*given.columns)


def _written(value: object) -> str:
    assert isinstance(value, date), "what JSON does not know is a day or an instant"
    return value.isoformat()
