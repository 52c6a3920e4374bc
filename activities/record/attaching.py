"""A file that was chosen for an answer counts once the answer is on record: then it is an attachment."""

import re
from collections.abc import Mapping
from itertools import chain
from typing import Final

from sqlalchemy import exists
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import rows_among
from activities.database.rows import ALWAYS, OnlyIf
from models.events import Entry
from models.letters.alike import asking_alike
from models.letters.letter import Letter
from models.proof.references import files_of, notes_of
from models.tables.content import NoteRow
from models.tables.drafts import DraftFileRow
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.procedure import Id, Mark, Sha256

Letters = Mapping[Id, Letter]
"""Those of the proceeding, as it stood before the entries."""
_HASH: Final = re.compile(r"[0-9a-f]{64}")


def nothing_waits(mark: Mark, entries: tuple[Entry, ...], letters: Letters) -> OnlyIf:
    """That no file was chosen by those whom the entries are of."""
    naming = (entry for entry in entries if _may_name_one(mark, entry))
    holders = sorted({holder for entry in naming for holder in _holders(mark, entry, letters)})
    if not holders:
        return ALWAYS
    return ~exists(select(DraftFileRow.id).where(col(DraftFileRow.holder).in_(holders)))


async def attach_what_was_sent(
    session: AsyncSession, mark: Mark, entries: tuple[Entry, ...], letters: Letters
) -> None:
    """In the transaction that records the entries; written again it changes nothing."""
    for entry in entries:
        if not _may_name_one(mark, entry):
            continue
        mine = col(DraftFileRow.holder).in_(_holders(mark, entry, letters))
        waiting = select(DraftFileRow.id, DraftFileRow.sha256).where(mine)
        waits = (await session.exec(waiting)).all()
        if not waits:
            continue
        named = await _named_by(session, entry)
        for sent in (known for known, sha256 in waits if sha256 in named):
            await _attach(session, mark, entry, await session.get_one(DraftFileRow, sent))


def _holders(mark: Mark, entry: Entry, letters: Letters) -> tuple[str, ...]:
    """With whom a file may have been chosen: behind any link that asks what the one used did."""
    held = letters.get(entry.actor.letter or "")
    if held is None:
        return (entry.actor.holder(mark),)
    return tuple(f"{mark}/{each}" for each in asking_alike(letters, held))


def _may_name_one(mark: Mark, entry: Entry) -> bool:
    named = chain(files_of(entry), notes_of(entry))
    return bool(entry.actor.holder(mark)) and next(named, None) is not None


async def _named_by(session: AsyncSession, entry: Entry) -> frozenset[Sha256]:
    """The files an entry names, itself or in the texts it refers to."""
    texts = await rows_among(session, select(NoteRow.body), col(NoteRow.sha256), notes_of(entry))
    return frozenset(files_of(entry)) | {found for text in texts for found in _HASH.findall(text)}


async def _attach(session: AsyncSession, mark: Mark, entry: Entry, file: DraftFileRow) -> None:
    content = {
        "sha256": file.sha256,
        "media_type": file.media_type,
        "size": file.size,
        "content": file.content,
        "at": entry.at,
    }
    await session.exec(insert(FileRow).values(**content).on_conflict_do_nothing())
    attachment = {
        "id": file.id,
        "number": mark,
        "sha256": file.sha256,
        "filename": file.filename,
        "account": entry.actor.account,
        "letter": entry.actor.letter,
        "at": entry.at,
    }
    await session.exec(insert(AttachmentRow).values(**attachment).on_conflict_do_nothing())
    session.expunge(file)  # its bytes need not stay in memory
