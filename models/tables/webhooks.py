"""Addresses of other systems that events are delivered to, and what came of each delivery."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class WebhookRow(SQLModel, table=True):
    """An address, what is delivered to it, and how far. Secrets lie under a key of PAYLOAD_KEYS."""

    __tablename__ = "webhooks"
    id: str = Field(primary_key=True)
    label: str
    url: str
    types: list[str] = Field(sa_column=Column(JSONB, nullable=False))  # none: every type
    reads_as: str = Field(foreign_key="accounts.id")  # the account whose reading decides what is delivered
    state: str = Field(index=True)
    secret: str  # sealed
    former_secret: str = ""  # sealed
    former_until: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    position: int = Field(
        sa_column=Column(BigInteger, nullable=False)
    )  # of the feed: up to there it is begun
    round: int = 0  # how often it was set back to deliver again
    registered_by: str = Field(foreign_key="accounts.id")
    registered_at: datetime = Field(sa_column=instant())
    changed_at: datetime = Field(sa_column=instant())


class WebhookDeliveryRow(SQLModel, table=True):
    """One try of a delivery: nothing of what was answered but its status."""

    __tablename__ = "webhook_deliveries"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    webhook: str = Field(foreign_key="webhooks.id")
    message: str
    position: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    type: str
    event: str  # the event's id; empty for a test
    attempt: int
    reception: str
    status: int | None = None
    milliseconds: int
    at: datetime = Field(sa_column=instant(index=True))
    __table_args__ = (
        Index("webhook_deliveries_of", "webhook", "id"),
        Index("webhook_deliveries_message", "webhook", "message"),
    )
