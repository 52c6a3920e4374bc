"""Files that somebody asked for and will fetch: how far each is, and its bytes until then."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Column, ForeignKey, LargeBinary, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant

KEPT: Final = timedelta(minutes=15)
"""How long a file waits to be fetched."""


class WorkRow(SQLModel, table=True):
    """One file. `maker` is the process that makes it and says so in `seen_at` until it is made."""

    __tablename__ = "works"
    id: str = Field(primary_key=True)
    account: str
    state: str
    maker: str
    asked_at: datetime = Field(sa_column=instant())
    seen_at: datetime = Field(sa_column=instant(index=True))
    name: str = ""
    media_type: str = ""
    failure: Json | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True), nullable=True))


class WorkPartRow(SQLModel, table=True):
    """A part of the file, in order from 0: no process holds a large one whole."""

    __tablename__ = "work_parts"
    work: str = Field(sa_column=Column(String, ForeignKey("works.id", ondelete="CASCADE"), primary_key=True))
    ordinal: int = Field(primary_key=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
