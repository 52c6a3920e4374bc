"""How an installation began."""

from datetime import date, datetime

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant


class FoundingRow(SQLModel, table=True):
    """What the one founding told of duties: from when they count, and what was done before, by body."""

    __tablename__ = "foundings"
    id: str = Field(primary_key=True)
    counted_from: date
    done_before: Json = Field(sa_column=Column(JSONB, nullable=False))
    at: datetime = Field(sa_column=instant())
