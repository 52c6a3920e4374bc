"""How people want to be told what only informs, and what waits until then."""

from datetime import datetime

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant


class LetterPreferenceRow(SQLModel, table=True):
    """The choice of one account; who has made none is told as it comes."""

    __tablename__ = "letter_preferences"
    account: str = Field(primary_key=True, foreign_key="accounts.id")
    gathered: bool
    hour: int  # local
    at: datetime = Field(sa_column=instant())


class GatheredLetterRow(SQLModel, table=True):
    """A letter of a monitoring that its reader wants told with others. Removed once it is settled."""

    __tablename__ = "gathered_letters"
    number: str = Field(primary_key=True)
    letter: str = Field(primary_key=True)
    attempt: int = Field(primary_key=True)
    account: str = Field(index=True)
    ordered: Json = Field(sa_column=Column(JSONB, nullable=False))  # as the workflow ordered it
    due_at: datetime = Field(sa_column=instant(index=True))
    digest: str | None = Field(default=None, index=True)  # the service letter that tells it
    alone: bool = False  # it leaves by itself after all
