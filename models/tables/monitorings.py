"""The projection of monitorings. Written by `record` alone."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import BigInteger, Column, Index, false, text
from sqlalchemy.dialects.postgresql import ARRAY, JSON, JSONB
from sqlmodel import Field, SQLModel, Text

from models.tables.columns import BY_THE_DATABASE, Json, instant, open_by_calendar

NO_DAY: Final = date.max
"""Where nobody has to move by a day: after all days, so that lists by day have it last."""


class MonitoringRow(SQLModel, table=True):
    """The projection of one monitoring: its folded state and the columns lists are filtered by."""

    __tablename__ = "monitorings"
    number: str = Field(primary_key=True)
    workflow_id: str = Field(unique=True)
    seq: int
    stage: str = Field(index=True)
    kind: str
    year: int = Field(index=True)
    lead: str = Field(index=True)
    conductors: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    objects: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    spheres: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    addressees: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    readers: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    conducted_by: list[str] = Field(  # `conductors` has those that came after them, too
        default_factory=list, sa_column=Column(ARRAY(Text), nullable=False, server_default="{}")
    )
    stepped_aside: list[str] = Field(
        default_factory=list, sa_column=Column(ARRAY(Text), nullable=False, server_default="{}")
    )
    title_kk: str = ""
    title_ru: str = ""
    title_en: str = ""
    published: bool = False  # the current version; `published_on`: any, the last time, local
    published_on: date | None = None
    corrected: bool = Field(  # more than one version was published
        default=False, sa_column_kwargs={"server_default": false()}
    )
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})  # the current one; 0 before
    considered: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    ended: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    calendar_edition: str = Field(default="", sa_column_kwargs={"server_default": ""})
    waiting: Json = Field(
        default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default="{}")
    )  # whose move it is: a word for each mover, and the earliest day of theirs (`models.monitoring.moves`);
    # the same as rows by their days are in `waits`
    due_on: date = Field(default=NO_DAY, sa_column_kwargs={"server_default": NO_DAY.isoformat()})
    next_due: datetime | None = Field(default=None, sa_column=instant(nullable=True, index=True))
    started_at: datetime = Field(sa_column=instant())
    changed_at: datetime = Field(sa_column=instant())
    written_in: int = Field(  # the transaction that wrote it last (migration 0038)
        default=0,
        sa_column=Column(BigInteger, nullable=False, server_default="0", info={BY_THE_DATABASE: True}),
    )
    head_hash: str
    # JSON, not JSONB: the order of members, requests and letters is part of the state, JSONB forgets it.
    state: Json = Field(sa_column=Column(JSON, nullable=False))
    __table_args__ = (
        Index("monitorings_conductors", "conductors", postgresql_using="gin"),
        Index("monitorings_objects", "objects", postgresql_using="gin"),
        Index("monitorings_spheres", "spheres", postgresql_using="gin"),
        Index("monitorings_readers", "readers", postgresql_using="gin"),
        Index("monitorings_addressees", "addressees", postgresql_using="gin"),
        Index(
            "monitorings_ever_published",
            "published_on",
            "number",
            postgresql_where=text("published_on IS NOT NULL"),
        ),
        Index(
            "monitorings_published_changed",
            "changed_at",
            "number",
            postgresql_where=text("published_on IS NOT NULL"),
        ),
        Index(
            "monitorings_published_written",
            "written_in",
            postgresql_where=text("published_on IS NOT NULL"),
        ),
        Index("monitorings_started", "started_at", "number"),
        Index("monitorings_due", "due_on", "number"),
        Index(
            "monitorings_stepped_aside",
            "stepped_aside",
            postgresql_using="gin",
            postgresql_where=text("stepped_aside <> '{}'"),
        ),
        open_by_calendar("monitorings"),
    )
