"""Whom monitorings wait for, in the order of the days: by the database, from `monitorings.waiting`."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class WaitsRow(SQLModel, table=True):
    """One word of a monitoring's `waiting` with its day; `NO_DAY` where none is set (migration 0038)."""

    __tablename__ = "waits"
    number: str = Field(primary_key=True)
    word: str = Field(primary_key=True)
    due_on: date
    __table_args__ = (Index("waits_by_day", "word", "due_on", "number"),)
