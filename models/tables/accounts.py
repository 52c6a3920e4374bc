"""Who may sign in."""

from sqlmodel import Field, SQLModel


class AccountRow(SQLModel, table=True):
    __tablename__ = "accounts"
    id: str = Field(primary_key=True)
    person: str = Field(foreign_key="people.id")
    organisation: str = Field(foreign_key="organisations.id")
    role: str
    active: bool = True
