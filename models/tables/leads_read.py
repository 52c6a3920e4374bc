"""Which bodies lead something that somebody reads: by the database, from each monitoring that is written."""

from sqlmodel import Field, SQLModel


class LeadsReadRow(SQLModel, table=True):
    """A word of `monitorings.readers`, and a body that led something so read (migration 0038)."""

    __tablename__ = "leads_read"
    word: str = Field(primary_key=True)
    lead: str = Field(primary_key=True)
