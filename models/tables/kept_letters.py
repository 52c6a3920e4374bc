"""Letters as they are kept."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant


class KeptLetterRow(SQLModel, table=True):
    """A letter without its link, under the hash of its bytes; `content` is without the documents in it.

    `enclosed` says which of `files` stand in it, and where. Letters of earlier releases are there, whole.
    """

    __tablename__ = "kept_letters"
    sha256: str = Field(primary_key=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    enclosed: list[Json] = Field(sa_column=Column(JSONB, nullable=False))
    at: datetime = Field(sa_column=instant())
