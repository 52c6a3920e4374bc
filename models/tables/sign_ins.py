"""How people come in: letters asked for, links given out, visits to the provider, and who has signed in."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class SignInLetterRow(SQLModel, table=True):
    """A letter about signing in. Whether the address of one with a link is anybody's is looked up later.

    `address` is emptied once that is settled; `language` is said where it cannot be looked up.
    """

    __tablename__ = "sign_in_letters"
    id: str = Field(primary_key=True)
    kind: str
    address: str
    way_on: str = ""  # the page that was to be opened
    language: str = ""
    asked_at: datetime = Field(sa_column=instant())
    tries: int = 0
    next_try_at: datetime = Field(sa_column=instant())
    outcome: str = Field(default="waits", index=True)
    code: str = ""  # the mail server's last word, its number only
    facts: dict[str, str] = Field(
        default_factory=dict,
        sa_column=Column(JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    )  # what its words tell of: a token's label and last day, an address of a system


class SignInLinkRow(SQLModel, table=True):
    """A link that opens the pages once, by the SHA-256 of the random words in it."""

    __tablename__ = "sign_in_links"
    key_sha256: str = Field(primary_key=True)
    way: str
    letter: str | None = Field(default=None, index=True)  # a letter tried twice has two links, for one use
    address_sha256: str  # a link ends with the address it was sent to
    accounts: list[str] = Field(sa_column=Column(JSONB, nullable=False))
    subject: str = ""  # as whom the provider knows them
    way_on: str
    expires_at: datetime = Field(sa_column=instant(index=True))
    used_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class ProviderVisitRow(SQLModel, table=True):
    """A browser that went to the provider to sign in, by the SHA-256 of its `state`; it comes back once."""

    __tablename__ = "provider_visits"
    state_sha256: str = Field(primary_key=True)
    way_on: str
    at: datetime = Field(sa_column=instant(index=True))
    returned_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class SignInRow(SQLModel, table=True):
    """One sign-in. Append-only: a trigger refuses changes and removals."""

    __tablename__ = "sign_ins"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    account: str = Field(index=True)
    organisation: str = Field(index=True)
    door: str
    way: str
    token: str | None = None  # the token's id
    subject: str = ""
    at: datetime = Field(sa_column=instant())
