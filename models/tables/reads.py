"""Who read what: personal data of others, and whatever auditors read."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant


class ReadRow(SQLModel, table=True):
    """One read. Append-only: a trigger refuses changes and removals."""

    __tablename__ = "reads"
    __table_args__ = (Index("reads_of_persons", "id", postgresql_where=text("kinds <> '[]'::jsonb")),)
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    account: str = Field(index=True)
    organisation: str
    number: str | None = Field(default=None, index=True)
    what: str  # the route's name
    path: str = Field(default="", sa_column=Column(String, nullable=False, server_default=text("''")))
    filters: Json = Field(sa_column=Column(JSONB, nullable=False))
    kinds: list[str] = Field(  # of the personal data that the route returns, as it was declared then
        default_factory=list, sa_column=Column(JSONB, nullable=False, server_default=text("'[]'::jsonb"))
    )
    at: datetime = Field(sa_column=instant(index=True))
