"""By what accounts sign in."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import Column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import instant
from models.vocabulary.scopes import EVERY_SCOPE

EVERYTHING: Final = '["read", "content", "commands", "events", "administration"]'


class TokenRow(SQLModel, table=True):
    """An opaque bearer token, by the SHA-256 of its text."""

    __tablename__ = "tokens"
    id: str = Field(primary_key=True)
    sha256: str = Field(unique=True)
    account: str = Field(foreign_key="accounts.id")
    label: str = ""
    issued_at: datetime = Field(sa_column=instant())
    expires_at: datetime = Field(sa_column=instant())
    scopes: list[str] = Field(
        default_factory=lambda: sorted(EVERY_SCOPE),
        sa_column=Column(JSONB, nullable=False, server_default=text(f"'{EVERYTHING}'::jsonb")),
    )
    told_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))  # that it expires
    revoked_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    issued_by: str | None = None  # an account; none where the operator issued it
    last_used_on: date | None = None  # a local day; written once on each day of use
