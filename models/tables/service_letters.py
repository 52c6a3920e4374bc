"""Letters of no proceeding, while they are to be sent, and what became of each."""

from datetime import date, datetime

from sqlalchemy import Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class ServiceLetterRow(SQLModel, table=True):
    """One letter. Its address and its words are looked up when it is sent: `about` says by what."""

    __tablename__ = "service_letters"
    id: str = Field(primary_key=True)
    kind: str
    about: str = Field(index=True)  # the id of what it is about
    listed: list[str] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
    made_on: date  # local
    made_at: datetime = Field(sa_column=instant())
    tries: int = 0
    next_try_at: datetime = Field(sa_column=instant())
    outcome: str = Field(default="waits", index=True)
    code: str = ""  # the mail server's last word, its number only
    __table_args__ = (
        Index(
            "service_letters_once_a_day",
            "about",
            "made_on",
            unique=True,
            postgresql_where=text("kind = 'reports_published'"),
        ),
    )
