"""What was typed and not sent yet."""

from datetime import datetime

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import Json, instant


class FormDraftRow(SQLModel, table=True):
    """What a recipient typed behind a link and has not sent yet."""

    __tablename__ = "form_drafts"
    number: str = Field(primary_key=True)
    letter: str = Field(primary_key=True)
    body: Json = Field(sa_column=Column(JSONB, nullable=False))
    at: datetime = Field(sa_column=instant())
