"""Who stands in for whom, in which days and by which act."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class DeputyshipRow(SQLModel, table=True):
    """Somebody named a deputy. Append-only: a trigger refuses changes and removals."""

    __tablename__ = "deputyships"
    id: str = Field(primary_key=True)
    account: str = Field(foreign_key="accounts.id", index=True)  # who is stood in for, and named the deputy
    deputy: str = Field(foreign_key="accounts.id", index=True)
    first_day: date  # local, both
    last_day: date
    act: str  # kind and number
    dated: date
    file: str | None = Field(default=None, foreign_key="files.sha256")
    filename: str = ""
    at: datetime = Field(sa_column=instant())


class DeputyshipEndRow(SQLModel, table=True):
    """It was ended before its last day had passed. Append-only, likewise."""

    __tablename__ = "deputyship_ends"
    deputyship: str = Field(primary_key=True, foreign_key="deputyships.id")
    by: str  # the account
    at: datetime = Field(sa_column=instant())
