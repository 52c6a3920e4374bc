"""Who is signed in on the pages."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class SessionRow(SQLModel, table=True):
    """A browser that was shown a token, by the SHA-256 of what its cookie holds; it ends with the token."""

    __tablename__ = "sessions"
    sha256: str = Field(primary_key=True)
    door: str
    token: str = Field(foreign_key="tokens.id", index=True)
    at: datetime = Field(sa_column=instant())
    expires_at: datetime = Field(sa_column=instant(index=True))
    ended_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
