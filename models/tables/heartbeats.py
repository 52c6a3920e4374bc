"""Signs of life."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class HeartbeatRow(SQLModel, table=True):
    """A worker says it is alive (pollers stay listed after a crash, so the server cannot tell)."""

    __tablename__ = "heartbeats"
    worker: str = Field(primary_key=True)
    queues: str
    at: datetime = Field(sa_column=instant())
