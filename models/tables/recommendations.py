"""Proposals and recommendations over all monitorings: written by `record` with the projection."""

from datetime import date

from sqlmodel import Field, SQLModel


class RecommendationRow(SQLModel, table=True):
    """One proposal or recommendation of a current report. Dates are local; texts are in the frozen report."""

    __tablename__ = "recommendations"
    number: str = Field(primary_key=True)
    item: str = Field(primary_key=True)
    position: int
    kind: str
    lead: str = Field(index=True)
    addressee: str = Field(index=True)
    standing: str = Field(index=True)
    asked_on: date | None = None
    answered_on: date | None = None
    due_on: date | None = Field(default=None, index=True)
    reported_on: date | None = None
    done_on: date | None = None
    judged_on: date | None = None
    verdict: str | None = None
