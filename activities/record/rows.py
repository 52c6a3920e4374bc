"""Rows of a projection: written in one statement with the journal, by one parameter for each table."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Delete, Select, Table, Text, Update, cast, column, func, literal, select
from sqlalchemy.dialects.postgresql import JSON, Insert, insert
from sqlmodel import SQLModel

from models.proceeding.state import Proceeding

Row = dict[str, object]
"""A row by the names of its columns; what is not named is empty."""
OnlyIf = ColumnElement[bool]
"""What a statement is carried out under: that the row of its proceeding was written."""
Beside = Callable[[OnlyIf], Insert | Update | Delete]
"""What is written beside the row of a proceeding."""


@dataclass(frozen=True)
class Projection:
    """What a state says: the columns of its row, what is written beside it, how long it is as JSON.

    What a beginning fixes for good is in its first projection only.
    """

    columns: Row
    length: int
    beside: tuple[Beside, ...] = ()


def state_as_json(state: Proceeding) -> tuple[ColumnElement[object], int]:
    """A state for its column, written once and not by way of dictionaries; and how long it is."""
    written = state.model_dump_json()
    return cast(literal(written, Text), JSON), len(written)


def table_of(row: type[SQLModel]) -> Table:
    """The table of a row, for statements that need no object of it."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


def rows_added(table: Table, rows: Iterable[Row], only_if: OnlyIf) -> Insert:
    """Adds rows. Values are strings, numbers, dates, instants and what JSON knows."""
    names = [each.name for each in table.columns]
    return insert(table).from_select(names, _given(table, rows).where(only_if))


def rows_kept(row: type[SQLModel], key: Iterable[str], rows: Iterable[Row], only_if: OnlyIf) -> Insert:
    """Adds rows, or puts them in the place of those of the same key."""
    table, parts = table_of(row), tuple(key)
    added = rows_added(table, rows, only_if)
    others = {each.name: added.excluded[each.name] for each in table.columns if each.name not in parts}
    return added.on_conflict_do_update(index_elements=parts, set_=others)


def _given(table: Table, rows: Iterable[Row]) -> Select[tuple[object, ...]]:
    columns = (column(each.name, each.type) for each in table.columns)
    written = cast(literal(json.dumps(list(rows), default=_written), Text), JSON)
    given = func.json_to_recordset(written).table_valued(*columns).render_derived("given", with_types=True)
    return select(*given.columns)


def _written(value: object) -> str:
    assert isinstance(value, date), "what JSON does not know is a day or an instant"
    return value.isoformat()
