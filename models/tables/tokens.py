"""By what accounts sign in."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class TokenRow(SQLModel, table=True):
    """An opaque bearer token, by the SHA-256 of its text."""

    __tablename__ = "tokens"
    id: str = Field(primary_key=True)
    sha256: str = Field(unique=True)
    account: str = Field(foreign_key="accounts.id")
    label: str = ""
    issued_at: datetime = Field(sa_column=instant())
    expires_at: datetime = Field(sa_column=instant())
    revoked_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
