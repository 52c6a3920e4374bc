"""Registers that are made as files on a schedule, and what came of each making, with the last files."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class FileScheduleRow(SQLModel, table=True):
    """What is made how often, for whose eyes, and up to which moment that is done."""

    __tablename__ = "file_schedules"
    id: str = Field(primary_key=True)
    label: str
    subject: str  # which register
    format: str
    language: str
    rhythm: str
    hour: int  # local time
    keep: int  # so many files at most
    reads_as: str = Field(foreign_key="accounts.id")  # the account whose reading decides what is in them
    active: bool
    through: datetime = Field(sa_column=instant())  # moments up to this one are dealt with
    claimed_until: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    registered_by: str = Field(foreign_key="accounts.id")
    registered_at: datetime = Field(sa_column=instant())
    changed_at: datetime = Field(sa_column=instant())


class FileMakingRow(SQLModel, table=True):
    """One making. `content` goes where newer files have taken its place; the hash stays."""

    __tablename__ = "file_makings"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    schedule: str = Field(foreign_key="file_schedules.id")
    made_for: str = Field(foreign_key="accounts.id")  # whose reading decided what is in it
    planned_for: datetime = Field(sa_column=instant())
    at: datetime = Field(sa_column=instant(index=True))
    outcome: str
    told_apart_by: str = ""  # SHA-256 of what is in it, without the instant of its making
    sha256: str = ""
    size: int = 0
    name: str = ""
    media_type: str = ""
    content: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    __table_args__ = (UniqueConstraint("schedule", "planned_for", name="file_makings_once"),)
