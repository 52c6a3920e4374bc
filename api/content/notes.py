"""Texts a command refers to: kept in `notes` as canonical JSON under their SHA-256, once."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

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


async def keep_notes(
    session: AsyncSession, number: Number | None, notes: Sequence[Note], now: datetime
) -> None:
    """Write notes that are not there yet. They stay even when the command is refused: it is on record."""
    for note in notes:
        row = {"sha256": note.sha256, "number": number, "body": canonical(note.body).decode(), "at": now}
        await session.exec(insert(NoteRow).values(**row).on_conflict_do_nothing())


async def keep_content(session: AsyncSession, content: ReportContent, now: datetime) -> None:
    """Freeze content under its hash, before the command that pins it is sent."""
    row = {
        "sha256": content_sha256(content),
        "number": content.number,
        "body": canonical(content).decode(),
        "at": now,
    }
    await session.exec(insert(SnapshotRow).values(**row).on_conflict_do_nothing())


async def note_bodies(session: AsyncSession, hashes: frozenset[Sha256]) -> dict[Sha256, str]:
    """The canonical JSON of several notes."""
    rows = await session.exec(select(NoteRow).where(col(NoteRow.sha256).in_(hashes)))
    return {row.sha256: row.body for row in rows}
