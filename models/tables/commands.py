"""Idempotency, and what was refused."""

from datetime import datetime

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant


class CommandRow(SQLModel, table=True):
    """One command as the API received it: its idempotency key, its answer, and, if refused, why."""

    __tablename__ = "commands"
    id: str = Field(primary_key=True)  # derived from account (or letter) and Idempotency-Key
    number: str | None = Field(default=None, index=True)
    name: str
    actor: Json = Field(sa_column=Column(JSONB, nullable=False))
    request_sha256: str
    outcome: str  # pending, done, refused
    code: str = Field(default="", index=True)
    rule: str = ""
    answer: Json | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True), nullable=True))
    at: datetime = Field(sa_column=instant(index=True))
    trace: str = Field(default="", sa_column_kwargs={"server_default": ""})  # of its request (W3C), if any
