"""What was typed and chosen and not sent yet: kept for a while, proof of nothing."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant


class DraftRow(SQLModel, table=True):
    """One version of what somebody typed into a form; several where one writer had not seen the other's.

    `holder` is an account or a letter (its number and id): of letters that ask the same the first. `form` is
    which of the holder's forms it is; `<form>/own` what was saved by the link of one such letter alone.
    """

    __tablename__ = "drafts"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    holder: str = Field(index=True)
    form: str
    fields: Json = Field(sa_column=Column(JSONB, nullable=False))
    at: datetime = Field(sa_column=instant())


class DraftFileRow(SQLModel, table=True):
    """A file chosen for a form, beside its draft: with the answer's record it becomes an attachment."""

    __tablename__ = "draft_files"
    id: str = Field(primary_key=True)
    holder: str = Field(index=True)
    form: str
    field: str
    sha256: str
    filename: str
    media_type: str
    size: int
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: datetime = Field(sa_column=instant())
