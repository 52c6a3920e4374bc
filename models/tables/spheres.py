"""The registry of spheres (rules 10, 11)."""

from sqlmodel import Field, SQLModel


class SphereRow(SQLModel, table=True):
    __tablename__ = "spheres"
    id: str = Field(primary_key=True)
    name_kk: str
    name_ru: str
    name_en: str = ""
