"""Which version of all registries is in force: one row."""

from sqlmodel import Field, SQLModel


class RegistriesRow(SQLModel, table=True):
    """Another version with every change of a body, a succession, a sphere, an edition or a calendar, in the
    change's own transaction (by triggers); never one that was before, not even after a restore."""

    __tablename__ = "registries"
    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    version: str
