"""What a proceeding is made of besides its journal: content, texts, documents, letters, attachments."""

from collections.abc import AsyncIterator, Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.enclosures import EncodedDocuments
from activities.letters.kept import kept_letter
from models.events import Entry
from models.proof.bundle import (
    ATTACHMENT_LIST,
    ATTACHMENTS,
    DELIVERIES,
    DOCUMENTS,
    LETTERS,
    NOTES,
    REVISIONS,
    SNAPSHOTS,
    AttachmentLine,
    DeliveryLine,
    RevisionLine,
    line_bytes,
)
from models.proof.references import documents_of, files_of, frozen_of, notes_of
from models.tables.content import NoteRow, RevisionRow, SnapshotRow
from models.tables.deliveries import DeliveryRow
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.procedure import Mark, Sha256

Files = AsyncIterator[tuple[str, bytes]]


async def contents(session: AsyncSession, mark: Mark, entries: tuple[Entry, ...]) -> Files:
    """Name and bytes of every file, one at a time."""
    async for file in _content(session, mark, entries):
        yield file
    async for file in _notes(session, mark, entries):
        yield file
    documents = {document.sha256 for entry in entries for document in documents_of(entry)}
    async for file in _files(session, documents, DOCUMENTS, ".pdf"):
        yield file
    async for file in _letters(session, mark):
        yield file
    async for file in _attachments(session, mark, entries):
        yield file


async def _content(session: AsyncSession, mark: Mark, entries: tuple[Entry, ...]) -> Files:
    revisions = await session.exec(
        select(RevisionRow).where(RevisionRow.number == mark).order_by(col(RevisionRow.id))
    )
    lines = tuple(RevisionLine.model_validate(row.model_dump()) for row in revisions)
    yield REVISIONS, line_bytes(lines)
    pinned = {sha256 for entry in entries for sha256 in frozen_of(entry)}
    frozen = await session.exec(select(SnapshotRow.sha256).where(SnapshotRow.number == mark))
    for sha256 in sorted(pinned | set(frozen)):
        row = await session.get(SnapshotRow, sha256)
        if row is not None:
            yield f"{SNAPSHOTS}{sha256}.json", row.body.encode()


async def _notes(session: AsyncSession, mark: Mark, entries: tuple[Entry, ...]) -> Files:
    """By their hashes: one text said in two proceedings is kept once, under the mark of the first."""
    named = {note for entry in entries for note in notes_of(entry)}
    own = await session.exec(select(NoteRow.sha256).where(NoteRow.number == mark))
    for sha256 in sorted(named | set(own)):
        row = await session.get(NoteRow, sha256)
        if row is not None:
            yield f"{NOTES}{sha256}.json", row.body.encode()


async def _letters(session: AsyncSession, mark: Mark) -> Files:
    rows = await session.exec(
        select(DeliveryRow).where(DeliveryRow.number == mark).order_by(col(DeliveryRow.id))
    )
    lines = tuple(
        DeliveryLine.model_validate({**row.model_dump(), "eml": row.eml_sha256, "kept": row.kept_sha256})
        for row in rows
    )
    yield DELIVERIES, line_bytes(lines)
    # By no other hash: what is not the kept copy would have a link that works.
    documents = EncodedDocuments()
    for sha256 in sorted({line.kept for line in lines if line.kept}):
        letter = await kept_letter(session, sha256, documents)
        if letter is not None:
            yield f"{LETTERS}{sha256}.eml", letter


async def _attachments(session: AsyncSession, mark: Mark, entries: tuple[Entry, ...]) -> Files:
    rows = await session.exec(
        select(AttachmentRow, FileRow.media_type)
        .join(FileRow, col(FileRow.sha256) == col(AttachmentRow.sha256))
        .where(AttachmentRow.number == mark)
        .order_by(col(AttachmentRow.at), col(AttachmentRow.id))
    )
    lines = tuple(
        AttachmentLine.model_validate({**row.model_dump(), "media_type": media_type})
        for row, media_type in rows
    )
    yield ATTACHMENT_LIST, line_bytes(lines)
    named = {file for entry in entries for file in files_of(entry)}
    async for file in _files(session, named | {line.sha256 for line in lines}, ATTACHMENTS, ""):
        yield file


async def _files(session: AsyncSession, hashes: Iterable[Sha256], folder: str, ending: str) -> Files:
    """A missing file is missing in the bundle too: `verify` says so, and nothing is hidden by a failure."""
    for sha256 in sorted(hashes):
        row = await session.get(FileRow, sha256)
        if row is not None:
            content = row.content
            session.expunge(row)  # a hundred attachments must not be in memory at once
            yield f"{folder}{sha256}{ending}", content
