"""Who is told by mail what a search finds among the published reports."""

from datetime import date, datetime

from sqlalchemy import Column, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant


class AlertSubscriptionRow(SQLModel, table=True):
    """One address and one search. The row is removed, address and all, when it ends, and where it is not
    confirmed in time."""

    __tablename__ = "alert_subscriptions"
    id: str = Field(primary_key=True)
    address: str
    address_sha256: str  # in small letters: one mailbox, however it is spelt
    search: Json = Field(sa_column=Column(JSONB, nullable=False))  # what the list's address asks for
    search_sha256: str
    language: str
    asked_at: datetime = Field(sa_column=instant())
    confirm_before: datetime = Field(sa_column=instant(index=True))
    confirmed_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    looked_on: date | None = Field(default=None, index=True)  # the last local day on which it was looked for
    seen_until: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    failures: int = 0  # letters in a row that could not be delivered
    __table_args__ = (UniqueConstraint("address_sha256", "search_sha256", name="alert_subscriptions_once"),)
