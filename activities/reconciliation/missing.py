"""What journals name by its hash and the database has no more: content is kept there alone."""

from collections.abc import Iterator

from pydantic import ValidationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.lookup import entry_of
from models.events import Entry, LetterSent
from models.proof.references import documents_of, files_of, frozen_of, notes_of
from models.tables.content import NoteRow, SnapshotRow
from models.tables.files import FileRow
from models.tables.journal import EntryRow
from models.tables.kept_letters import KeptLetterRow
from models.vocabulary.procedure import Sha256

_PAGE = 2_000
_Kept = type[NoteRow] | type[SnapshotRow] | type[FileRow] | type[KeptLetterRow]
_TABLES: dict[str, tuple[_Kept, ...]] = {
    "text": (NoteRow,),
    "content": (SnapshotRow,),
    "file": (FileRow, KeptLetterRow),
}


async def missing_content(session: AsyncSession) -> list[tuple[str, str, Sha256]]:
    """Workflow, kind of content and hash of everything that is named and not there."""
    found: list[tuple[str, str, Sha256]] = []
    last = ("", 0)
    while rows := await _page(session, last):
        last = (rows[-1].workflow_id, rows[-1].seq)
        named = {(row.workflow_id, *reference) for row in rows for reference in _references(row)}
        for what, tables in _TABLES.items():
            wanted = {sha256 for _, kind, sha256 in named if kind == what}
            there: set[Sha256] = set()
            for table in tables:
                there |= set(await session.exec(select(table.sha256).where(col(table.sha256).in_(wanted))))
            found += sorted(each for each in named if each[1] == what and each[2] not in there)
    return found


async def _page(session: AsyncSession, after: tuple[str, int]) -> list[EntryRow]:
    workflow_id, seq = after
    later = (col(EntryRow.workflow_id) > workflow_id) | (
        (col(EntryRow.workflow_id) == workflow_id) & (col(EntryRow.seq) > seq)
    )
    rows = select(EntryRow).where(later).order_by(col(EntryRow.workflow_id), col(EntryRow.seq)).limit(_PAGE)
    return list(await session.exec(rows))


def _references(row: EntryRow) -> Iterator[tuple[str, Sha256]]:
    try:
        entry: Entry = entry_of(row)
    except ValidationError:
        return
    yield from (("text", sha256) for sha256 in notes_of(entry))
    yield from (("content", sha256) for sha256 in frozen_of(entry))
    yield from (("file", document.sha256) for document in documents_of(entry))
    yield from (("file", sha256) for sha256 in files_of(entry))
    # Of a letter the copy without its link is kept; the message as sent leaves its hash alone (0016).
    if isinstance(entry.event, LetterSent) and entry.event.kept is not None:
        yield ("file", entry.event.kept)
