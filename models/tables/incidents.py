"""Reports of incidents with personal data."""

from datetime import datetime

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant


class IncidentReportRow(SQLModel, table=True):
    """One version of a report; a correction is the next one. Append-only: a trigger refuses changes and
    removals."""

    __tablename__ = "incident_reports"
    incident: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    body: Json = Field(sa_column=Column(JSONB, nullable=False))
    reason: str = ""  # why it was corrected
    account: str = Field(index=True)  # who wrote this version
    organisation: str
    at: datetime = Field(sa_column=instant(index=True))
