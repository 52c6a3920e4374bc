"""Keeping a file that somebody attached: its bytes once under their hash, its name as given."""

import hashlib
from datetime import datetime
from http import HTTPStatus

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import UploadFile

from activities.files.names import Nameless, safe_name
from activities.files.types import EVIDENCE, Taken, Untaken
from api.problems.problem import Failed, ProblemCode, conflict, invalid, too_large
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Number, Sha256
from models.vocabulary.signatures import SignatureCheck


class Looked(Model):
    """A file that may be kept: its bytes, its name in one line, its type as its bytes say it."""

    content: bytes
    filename: str
    media_type: str

    @property
    def sha256(self) -> Sha256:
        return hashlib.sha256(self.content).hexdigest()


async def looked_at(file: UploadFile, limit: int, taken: Taken = EVIDENCE) -> Looked:
    """Check a file of at most `limit` bytes, of a kind that is taken.

    Raises Failed: 413 too large, 415 not an allowed type, 422 empty or without a name.
    """
    content = await file.read(limit + 1)
    if len(content) > limit:
        raise too_large(limit)
    if not content:
        raise invalid(ProblemCode.INVALID, "/file", "file_empty")
    try:
        filename = safe_name(file.filename or "")
        media_type = taken.media_type_of(content, filename)
    except Nameless:
        raise invalid(ProblemCode.INVALID, "/file", "file_name") from None
    except Untaken as untaken:
        raise _untaken(untaken) from None
    return Looked(content=content, filename=filename, media_type=media_type)


def _untaken(untaken: Untaken) -> Failed:
    code = ProblemCode(untaken.why.value)
    return Failed(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, code, params=untaken.params)


async def keep_file(
    session: AsyncSession,
    number: Number,
    attachment: Id,
    file: UploadFile,
    limit: int,
    now: datetime,
    *,
    account: Id | None = None,
) -> AttachmentRow:
    """Check and keep a file of at most `limit` bytes. Repeated with the same id, it is kept once.

    Raises Failed: 409 something else under the same id, and as `looked_at` does.
    """
    return await keep_looked(session, number, attachment, await looked_at(file, limit), now, account)


class Signs(Model):
    """Of which file it is a signature, and what was found of it."""

    signs: Sha256
    signature_check: SignatureCheck
    signature_algorithms: str


async def keep_looked(
    session: AsyncSession,
    number: Number,
    attachment: Id,
    looked: Looked,
    now: datetime,
    account: Id | None,
    signs: Signs | None = None,
) -> AttachmentRow:
    """Keep a file that was checked. Raises Failed (409) for something else under the same id."""
    sha256, filename = looked.sha256, looked.filename
    stored = {
        "sha256": sha256,
        "media_type": looked.media_type,
        "size": len(looked.content),
        "content": looked.content,
        "at": now,
    }
    await session.exec(insert(FileRow).values(**stored).on_conflict_do_nothing())
    fresh = insert(AttachmentRow).values(
        id=attachment,
        number=number,
        sha256=sha256,
        filename=filename,
        account=account,
        at=now,
        **(signs.model_dump(mode="json") if signs else {}),
    )
    await session.exec(fresh.on_conflict_do_nothing(index_elements=["id"]))
    row = await session.get_one(AttachmentRow, attachment)
    of = signs.signs if signs else None
    if (row.number, row.sha256, row.filename, row.signs) != (number, sha256, filename, of):
        raise conflict(ProblemCode.KEY_REUSED)
    return row
