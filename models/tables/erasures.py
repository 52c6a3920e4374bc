"""What was erased of people, by which order."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class ErasureRow(SQLModel, table=True):
    """One kind of what was erased by one command; never what it was. Append-only: a trigger refuses changes
    and removals."""

    __tablename__ = "erasures"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    held: str
    count: int
    people: list[str] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))  # ids
    act: str  # kind and number of the order
    dated: date
    at: datetime = Field(sa_column=instant(index=True))
