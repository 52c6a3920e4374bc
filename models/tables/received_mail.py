"""What came back by mail: as it came, and what a person did about it."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant


class ReceivedMailRow(SQLModel, table=True):
    """One message at one address, whole, with what it was sorted as before anything else happened.

    A server that asks again after a lost answer brings the same bytes: they are kept once.
    """

    __tablename__ = "received_mail"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    sha256: str
    recipient: str
    sender: str  # of the envelope; empty for the null one
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sort: str
    number: str | None = Field(default=None, index=True)  # with letter and attempt: which letter it is about
    letter: str | None = None
    attempt: int | None = None
    from_recipient: bool  # whether the writer is the mailbox that the letter was sent to
    seen: Json = Field(sa_column=Column(JSONB, nullable=False))  # a `SortedMail`
    at: datetime = Field(sa_column=instant(index=True))
    __table_args__ = (UniqueConstraint("sha256", "recipient"),)


class HandledMailRow(SQLModel, table=True):
    """What somebody decided: that it is dealt with, or, of mail that named no letter, whose it is."""

    __tablename__ = "handled_mail"
    mail: int = Field(sa_column=Column(BigInteger, ForeignKey("received_mail.id"), primary_key=True))
    number: str | None = Field(default=None, index=True)  # the monitoring it was given to
    account: str
    at: datetime = Field(sa_column=instant())
