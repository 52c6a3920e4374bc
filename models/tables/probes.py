"""Whether anything can still be written."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class ProbeRow(SQLModel, table=True):
    """Written anew at each look of the readiness check: a full or read-only disk refuses it."""

    __tablename__ = "probes"
    probe: str = Field(primary_key=True)
    at: datetime = Field(sa_column=instant())
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
