"""What is found by words: derived from texts that are kept elsewhere, and written with them."""

from sqlalchemy import Column, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field, SQLModel


class SearchedRow(SQLModel, table=True):
    """The words of one text (`models/words/finding.py`), by what kind of text it is: who reads it differs."""

    __tablename__ = "searched"
    kind: str = Field(primary_key=True)  # title, draft, approved, published, body, sphere
    subject: str = Field(primary_key=True)  # a registration number; the id of a body or a sphere
    part: str = Field(primary_key=True, default="")  # an item of a draft; from which day a body is so named
    words: str = Field(sa_column=Column(TSVECTOR, nullable=False))
    __table_args__ = (Index("searched_words", "words", postgresql_using="gin"),)
