"""PostgreSQL tables that auditors rest on: columns only, no logic. Instants are UTC (`timestamptz`)."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class ArchivedRunRow(SQLModel, table=True):
    """One closed run: noticed when its turn to be archived came, `archived_at` once stored and verified."""

    __tablename__ = "archived_runs"
    workflow_id: str = Field(primary_key=True)
    run_id: str = Field(primary_key=True)
    workflow_type: str
    status: str
    first_event_at: datetime = Field(sa_column=instant())
    closed_at: datetime = Field(sa_column=instant())
    noticed_at: datetime = Field(sa_column=instant())
    archived_at: datetime | None = Field(default=None, sa_column=instant(nullable=True, index=True))
    code_version: str = ""
    code_fingerprint: str = ""
    edition: str = ""
    calendar: str = ""
    events: int = 0
    sha256: str = ""  # of the history as JSON
    size: int = 0
    content: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))  # gzip
