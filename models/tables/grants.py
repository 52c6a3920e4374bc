"""Who was given which account, by whom and by which act."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class GrantRow(SQLModel, table=True):
    """One change of an account. Append-only: a trigger refuses changes and removals."""

    __tablename__ = "grants"
    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    account: str = Field(index=True)
    person: str
    organisation: str = Field(index=True)
    role: str
    active: bool
    act: str = ""  # kind and number of the act; roles that oversee have one
    act_dated: date | None = None
    reason: str
    granted_by: str = ""  # the account; empty where the installation was founded or carried over
    at: datetime = Field(sa_column=instant())
