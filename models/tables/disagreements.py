"""What the two stores do not agree on."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class DisagreementRow(SQLModel, table=True):
    """A proceeding whose journal and workflow tell different things; gone again when they agree."""

    __tablename__ = "disagreements"
    workflow_id: str = Field(primary_key=True)
    mark: str
    fault: str  # models.proceeding.disagreement.StoreFault
    seq: int  # the first entry in question
    noticed_at: datetime = Field(sa_column=instant())
    seen_at: datetime = Field(sa_column=instant())
