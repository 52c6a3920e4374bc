"""Content and its revisions: the truth of what it holds. Nothing is overwritten."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel, Text

from models.tables.columns import Json, instant


class RevisionRow(SQLModel, table=True):
    """One revision of one piece of content; the newest one is current, `body` NULL means removed."""

    __tablename__ = "content_revisions"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    number: str = Field(index=True)
    part: str  # title, source, indicator, finding, draft, comment
    item: str
    revision: int
    body: Json | None = Field(sa_column=Column(JSONB(none_as_null=True), nullable=True))
    sha256: str
    account: str | None = None
    letter: str | None = None
    at: datetime = Field(sa_column=instant())
    __table_args__ = (UniqueConstraint("number", "part", "item", "revision"),)


class SnapshotRow(SQLModel, table=True):
    """Content frozen under its hash: what a stage or an approval pinned. `body` is the canonical text."""

    __tablename__ = "snapshots"
    sha256: str = Field(primary_key=True)
    number: str = Field(index=True)
    body: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(sa_column=instant())


class NoteRow(SQLModel, table=True):
    """A text that a command refers to by its hash: a reason, a question, an answer (canonical JSON)."""

    __tablename__ = "notes"
    sha256: str = Field(primary_key=True)
    number: str | None = Field(default=None, index=True)
    body: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(sa_column=instant())
