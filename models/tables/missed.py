"""What the watch over moments has found."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class MissedMomentRow(SQLModel, table=True):
    """A proceeding whose next moment came and brought nothing; gone again when it has."""

    __tablename__ = "missed_moments"
    workflow_id: str = Field(primary_key=True)
    mark: str
    fault: str  # models.proceeding.missed.MissedFault
    due_at: datetime = Field(sa_column=instant())
    noticed_at: datetime = Field(sa_column=instant())
    seen_at: datetime = Field(sa_column=instant())
