"""Referred a command refers to: kept in `notes` as canonical JSON under their SHA-256, once."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pydantic import BaseModel
from sqlalchemy.dialects.postgresql import Insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import rows_among
from activities.database.rows import ALWAYS, OnlyIf, Row, rows_added, table_of
from models.report.content import ReportContent, canonical, content_sha256
from models.report.notes import TextNote
from models.tables.content import NoteRow, SnapshotRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Number, Sha256


class Note(BaseModel):
    """A text to be kept, and the hash a command carries instead."""

    body: Model

    @property
    def sha256(self) -> Sha256:
        return content_sha256(self.body)


def noted(text: str) -> Note:
    """A text as a note."""
    return Note(body=TextNote(text=text))


def noted_or_none(text: str | None) -> tuple[Note, ...]:
    """No note for no text."""
    return (noted(text),) if text else ()


def kept(document: Model) -> Note:
    """A document of `models.report.notes` as a note."""
    return Note(body=document)


class Referred(NamedTuple):
    """What a command refers to by hash: its notes, and the content that it pins."""

    notes: Sequence[Note] = ()
    content: ReportContent | None = None

    def kept(self, number: Number | None, now: datetime, only_if: OnlyIf = ALWAYS) -> list[Insert]:
        """The statements that write what is not there yet.

        Notes stay even when the command is refused: it is on record.
        """
        notes = [_row(number, note.sha256, note.body, now) for note in self.notes]
        frozen = self.content
        contents = [_row(frozen.number, content_sha256(frozen), frozen, now)] if frozen is not None else []
        return [
            rows_added(table_of(table), rows, only_if).on_conflict_do_nothing()
            for table, rows in ((NoteRow, notes), (SnapshotRow, contents))
            if rows
        ]


async def keep_texts(session: AsyncSession, number: Number | None, texts: Referred, now: datetime) -> None:
    """Before the command that refers to them is sent."""
    for statement in texts.kept(number, now):
        await session.exec(statement)


def _row(number: Number | None, sha256: Sha256, body: Model, now: datetime) -> Row:
    return {"sha256": sha256, "number": number, "body": canonical(body).decode(), "at": now}


async def note_bodies(session: AsyncSession, hashes: frozenset[Sha256]) -> dict[Sha256, str]:
    """The canonical JSON of several notes."""
    rows = await rows_among(session, select(NoteRow), col(NoteRow.sha256), hashes)
    return {row.sha256: row.body for row in rows}
