"""Addresses at which calendar programs fetch somebody's due dates."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class CalendarFeedRow(SQLModel, table=True):
    """A secret address of an account, by the SHA-256 of its words."""

    __tablename__ = "calendar_feeds"
    sha256: str = Field(primary_key=True)
    account: str = Field(foreign_key="accounts.id", index=True)
    at: datetime = Field(sa_column=instant())
    revoked_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
