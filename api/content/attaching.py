"""Keeping a file that somebody attached: its bytes once under their hash, its name as given."""

import hashlib
from datetime import datetime

from fastapi import UploadFile
from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from api.content.file_types import media_type_of
from api.problems.problem import ProblemCode, conflict, invalid, too_large
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.procedure import Id, Number
from models.vocabulary.texts import kept, one_line

LONGEST_NAME = 150


def safe_name(given: str | None) -> str:
    """The last part of a file's name, in one line. Raises Failed (422) when nothing is left of it."""
    try:
        name = one_line((given or "").replace("\\", "/").rpartition("/")[2])
    except ValueError:
        raise invalid(ProblemCode.INVALID, "/file", "file_name") from None
    if not kept(name):
        raise invalid(ProblemCode.INVALID, "/file", "file_name")
    stem, dot, suffix = name.rpartition(".")
    if not stem:
        raise invalid(ProblemCode.INVALID, "/file", "file_name")
    return stem[: LONGEST_NAME - len(suffix) - 1] + dot + suffix[:10]


async def keep_file(
    session: AsyncSession,
    number: Number,
    attachment: Id,
    file: UploadFile,
    limit: int,
    now: datetime,
    *,
    account: Id | None = None,
    letter: Id | None = None,
) -> AttachmentRow:
    """Check and keep a file of at most `limit` bytes. Repeated with the same id, it is kept once.

    Raises Failed: 409 something else under the same id, 413 too large, 415 not an allowed type, 422 empty or
    without a name.
    """
    content = await file.read(limit + 1)
    if len(content) > limit:
        raise too_large(limit)
    if not content:
        raise invalid(ProblemCode.INVALID, "/file", "file_empty")
    filename = safe_name(file.filename)
    sha256 = hashlib.sha256(content).hexdigest()
    stored = {
        "sha256": sha256,
        "media_type": media_type_of(content, filename),
        "size": len(content),
        "content": content,
        "at": now,
    }
    await session.exec(insert(FileRow).values(**stored).on_conflict_do_nothing())
    fresh = insert(AttachmentRow).values(
        id=attachment,
        number=number,
        sha256=sha256,
        filename=filename,
        account=account,
        letter=letter,
        at=now,
    )
    await session.exec(fresh.on_conflict_do_nothing(index_elements=["id"]))
    row = await session.get_one(AttachmentRow, attachment)
    if (row.number, row.sha256, row.filename) != (number, sha256, filename):
        raise conflict(ProblemCode.KEY_REUSED)
    return row
