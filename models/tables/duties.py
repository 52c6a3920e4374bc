"""The projection of duties (rule 13). Written by `record` alone."""

from datetime import datetime

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSON
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant, open_by_calendar


class DutyRow(SQLModel, table=True):
    """The projection of one duty of rule 13."""

    __tablename__ = "duties"
    workflow_id: str = Field(primary_key=True)
    mark: str = Field(unique=True)
    organisation: str = Field(index=True)
    kind: str
    seq: int
    period: str = ""
    fulfilled: bool = False
    ended: bool = False
    calendar_edition: str = Field(default="", sa_column_kwargs={"server_default": ""})
    next_due: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    changed_at: datetime = Field(sa_column=instant())
    head_hash: str
    state: Json = Field(sa_column=Column(JSON, nullable=False))
    __table_args__ = (open_by_calendar("duties"),)
