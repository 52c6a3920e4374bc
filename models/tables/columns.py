"""Columns that many tables have."""

from datetime import datetime
from typing import Final

from sqlalchemy import Column, DateTime, Index, text

Json = dict[str, object]
BY_THE_DATABASE: Final = "given by the database"
"""Marks a column that the database fills for each row that is added (`activities/database/rows.py`)."""


def instant(*, nullable: bool = False, index: bool = False) -> Column[datetime]:
    """A UTC instant (`timestamptz`)."""
    return Column(DateTime(timezone=True), nullable=nullable, index=index)


def open_by_calendar(table: str) -> Index:
    """Those that go on, by the edition of the calendar they count by: the keeper of the calendar asks."""
    return Index(f"{table}_open_by_calendar", "calendar_edition", postgresql_where=text("NOT ended"))
