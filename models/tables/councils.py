"""The registry of councils (rule 21)."""

from sqlmodel import Field, SQLModel


class CouncilRow(SQLModel, table=True):
    """Rule 21: a public council or another consultative-advisory body, with its secretary."""

    __tablename__ = "councils"
    id: str = Field(primary_key=True)
    kind: str
    name_kk: str
    name_ru: str
    name_en: str = ""
    organisation: str = Field(foreign_key="organisations.id")
    secretary: str = Field(foreign_key="people.id")
