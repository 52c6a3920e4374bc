"""Bytes under their hash, and the names people gave them."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from models.tables.columns import instant


class FileRow(SQLModel, table=True):
    """Bytes under their hash: attachments, rendered documents, letters without their links."""

    __tablename__ = "files"
    sha256: str = Field(primary_key=True)
    media_type: str
    size: int
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: datetime = Field(sa_column=instant())


class AttachmentRow(SQLModel, table=True):
    """A file that somebody attached to a monitoring, under the name they gave it."""

    __tablename__ = "attachments"
    id: str = Field(primary_key=True)
    number: str = Field(index=True)
    sha256: str = Field(foreign_key="files.sha256")
    filename: str
    account: str | None = None
    letter: str | None = None
    signs: str | None = None  # of what it is a detached signature, by the hash of that file
    signature_check: str | None = None
    signature_algorithms: str | None = None
    at: datetime = Field(sa_column=instant())
