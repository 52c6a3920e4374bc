"""The authorized body's inbox as rows. Written by `record` alone, with its consolidation's projection."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class ReceivedReportRow(SQLModel, table=True):
    """A report that reached the authorized body, as it lies in the inbox (rules 17, 18). Local dates."""

    __tablename__ = "received_reports"
    workflow_id: str = Field(primary_key=True)
    report: str = Field(primary_key=True)
    way: str
    conductor: str
    kind: str
    version: int
    content: str
    started_on: date | None = None
    ended_on: date | None = None
    approved_on: date | None = None
    received_on: date
    of_rule_13: bool
    file: str | None = Field(default=None, index=True)
    considered_on: date | None = None
    considered_note: str | None = None
    considered_by: str | None = None
    __table_args__ = (
        Index("received_reports_newest", "workflow_id", "received_on", "report"),
        Index(
            "received_reports_waiting",
            "workflow_id",
            "report",
            postgresql_where=text("considered_on IS NULL AND way <> 'own'"),
        ),
        Index("received_reports_conductor", "workflow_id", "conductor"),
        Index("received_reports_day", "workflow_id", text("coalesce(ended_on, received_on)")),
        Index("received_reports_considered", "workflow_id", "considered_on"),
    )
