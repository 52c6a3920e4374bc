"""Which body came after which, by which act."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class SuccessionRow(SQLModel, table=True):
    """An act on record; of several about one body the newest counts. `reason` is the act in words, kept as a
    note under `sha256` for the journals that name it.
    """

    __tablename__ = "successions"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    body: str = Field(foreign_key="organisations.id", index=True)
    successor: str | None = Field(default=None, foreign_key="organisations.id")
    since: date
    whole: bool  # the body is no more; else it is of another kind
    reason: str
    sha256: str
    account: str | None = None
    at: datetime = Field(sa_column=instant())
