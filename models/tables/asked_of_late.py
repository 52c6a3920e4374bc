"""What was asked for of late, where a limit holds for all processes together."""

from datetime import datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class AskedOfLateRow(SQLModel, table=True):
    """Once more, by whom or for whom: the SHA-256 of its kind and key, for nobody to read addresses here."""

    __tablename__ = "asked_of_late"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    whose_sha256: str = Field(index=True)
    at: datetime = Field(sa_column=instant(index=True))
