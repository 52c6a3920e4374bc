"""The registry of bodies, effective-dated."""

from datetime import date, datetime

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel, Text

from models.tables.columns import instant


class OrganisationRow(SQLModel, table=True):
    """What never changes of a body: its id and code."""

    __tablename__ = "organisations"
    id: str = Field(primary_key=True)
    code: str = Field(unique=True)  # in registration numbers: A-Z and 0-9


class OrganisationVersionRow(SQLModel, table=True):
    """What is known of a body from a day on, until the next version (effective-dated)."""

    __tablename__ = "organisation_versions"
    organisation: str = Field(primary_key=True, foreign_key="organisations.id")
    valid_from: date = Field(primary_key=True)
    valid_until: date | None = None
    kind: str
    name_kk: str
    name_ru: str
    name_en: str = ""
    superior: str | None = None
    legal_person: str
    region: str = ""  # in Kazakh: by this name bodies lie together
    region_ru: str = ""
    region_en: str = ""
    special_state_body: bool = False
    email: str = ""
    phone: str = ""
    address: str = ""
    web_resource: str = ""
    further_web_resources: list[str] = Field(
        default_factory=list, sa_column=Column(ARRAY(Text), nullable=False, server_default="{}")
    )
    language: str = "kk"
    head_post_kk: str = ""
    head_post_ru: str = ""
    reason: str = ""  # why the registry changed
    account: str | None = None  # who changed it
    at: datetime = Field(sa_column=instant())
