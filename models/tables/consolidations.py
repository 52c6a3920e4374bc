"""The table of consolidations: columns only, no logic. Written by `activities/record/recorder.py` alone."""

from datetime import datetime

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSON
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant, open_by_calendar


class ConsolidationRow(SQLModel, table=True):
    """The projection of the consolidation of an authorized body (rules 17, 18)."""

    __tablename__ = "consolidations"
    workflow_id: str = Field(primary_key=True)
    mark: str = Field(unique=True)
    organisation: str = Field(unique=True)
    seq: int
    round: int = 0
    ended: bool = False
    calendar_edition: str = Field(default="", sa_column_kwargs={"server_default": ""})
    next_due: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    changed_at: datetime = Field(sa_column=instant())
    head_hash: str
    state: Json = Field(sa_column=Column(JSON, nullable=False))
    __table_args__ = (open_by_calendar("consolidations"),)
