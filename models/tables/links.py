"""The links that were given out."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class MintedLinkRow(SQLModel, table=True):
    """One link in one copy of a letter that may have left; of its key the SHA-256 only."""

    __tablename__ = "minted_links"
    key_sha256: str = Field(primary_key=True)
    number: str
    letter: str
    attempt: int
    at: datetime = Field(sa_column=instant())
    __table_args__ = (Index("minted_links_letter", "number", "letter"),)
