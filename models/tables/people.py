"""The registry of people."""

from sqlmodel import Field, SQLModel


class PersonRow(SQLModel, table=True):
    """A person letters go to: a working-group member, a head, a secretary."""

    __tablename__ = "people"
    id: str = Field(primary_key=True)
    name: str
    post: str = ""
    organisation: str | None = Field(default=None, foreign_key="organisations.id")
    email: str
    language: str = "kk"
