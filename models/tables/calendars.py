"""Editions of the working calendar."""

from datetime import datetime

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant


class CalendarRow(SQLModel, table=True):
    """One edition of the working calendar; the newest is in use."""

    __tablename__ = "calendars"
    serial: int | None = Field(default=None, primary_key=True)
    edition: str = Field(unique=True)
    body: Json = Field(sa_column=Column(JSONB, nullable=False))
    reason: str = ""
    account: str | None = None
    at: datetime = Field(sa_column=instant())
