"""The sequences of registration numbers."""

from sqlmodel import Field, SQLModel


class NumberRow(SQLModel, table=True):
    """The last serial given per year and conductor."""

    __tablename__ = "numbers"
    year: int = Field(primary_key=True)
    code: str = Field(primary_key=True)
    last: int
