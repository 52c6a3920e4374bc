"""Proof of delivery."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index
from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class DeliveryRow(SQLModel, table=True):
    """Proof: one row per attempt to hand a letter to the mail server."""

    __tablename__ = "deliveries"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    number: str = Field(index=True)
    letter: str
    attempt: int  # the letter's attempt (a re-send is a new one)
    kind: str
    message_id: str = Field(index=True)
    recipient: str
    address: str
    language: str
    subject: str
    outcome: str  # accepted, deferred, rejected, no_address
    smtp_code: int | None = None
    smtp_reply: str = ""
    eml_sha256: str | None = None  # of the message as sent, which is not kept: its link works
    kept_sha256: str | None = None  # of the copy in `files`, without the link
    at: datetime = Field(sa_column=instant())
    __table_args__ = (Index("deliveries_letter", "number", "letter"),)
