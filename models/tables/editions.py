"""Editions of the Rules (rule 1)."""

from datetime import date, datetime

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant


class EditionRow(SQLModel, table=True):
    __tablename__ = "editions"
    id: str = Field(primary_key=True)
    in_force_from: date
    body: Json = Field(sa_column=Column(JSONB, nullable=False))
    at: datetime = Field(sa_column=instant())
