"""What auditors read."""

from datetime import datetime

from sqlalchemy import BigInteger, Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant


class ReadRow(SQLModel, table=True):
    """One read of an auditor. Append-only: a trigger refuses changes and removals."""

    __tablename__ = "reads"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    account: str = Field(index=True)
    organisation: str
    number: str | None = Field(default=None, index=True)
    what: str  # the route's name
    filters: Json = Field(sa_column=Column(JSONB, nullable=False))
    at: datetime = Field(sa_column=instant(index=True))
