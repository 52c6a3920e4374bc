"""Who is signed in on the pages."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class SessionRow(SQLModel, table=True):
    """A browser that has signed in, by the SHA-256 of what its cookie holds.

    It ends with its account, and with the token that was shown, where one was.
    """

    __tablename__ = "sessions"
    sha256: str = Field(primary_key=True)
    door: str
    account: str = Field(foreign_key="accounts.id", index=True)
    token: str | None = Field(default=None, foreign_key="tokens.id", index=True)
    at: datetime = Field(sa_column=instant())
    expires_at: datetime = Field(sa_column=instant(index=True))
    ended_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
