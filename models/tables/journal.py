"""The journal of every proceeding. Written by `record` alone."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import BY_THE_DATABASE, Json, instant


class EntryRow(SQLModel, table=True):
    """The journal: append-only, one chain of hashes per workflow.

    `position` is the place in the order of recording, over all journals (migration 0035).
    """

    __tablename__ = "journal"
    workflow_id: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    run_id: str
    type: str = Field(index=True)
    at: datetime = Field(sa_column=instant(index=True))
    actor: Json = Field(sa_column=Column(JSONB, nullable=False))
    command_id: str | None = Field(default=None, index=True)
    event: Json = Field(sa_column=Column(JSONB, nullable=False))
    previous_hash: str
    hash: str
    recorded_at: datetime = Field(sa_column=instant(index=True))
    position: int | None = Field(
        default=None,
        sa_column=Column(
            BigInteger,
            nullable=False,
            unique=True,
            server_default=text("next_position()"),
            info={BY_THE_DATABASE: True},
        ),
    )
