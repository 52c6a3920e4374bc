"""Files added to an answer: kept at once, so that an error elsewhere on the page never loses them."""

import hashlib
from collections.abc import Iterable
from typing import Final

from fastapi import datastructures as files
from sqlalchemy import ColumnElement, and_, func
from sqlmodel import col, select
from starlette.datastructures import FormData, UploadFile

from api.content.attaching import keep_file
from api.pages.forms.typed import Fault, Typed
from api.pages.links.opened import Matter
from api.problems.problem import Failed
from locales.dates import say_size
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Sha256

UPLOAD: Final = "upload"  # the field a file is chosen in: `upload`, or `upload-<item>`
ATTACHED: Final = "attached"  # the files kept so far, by id: `attached`, or `attached-<item>`
ALLOWED: Final = "pdf, docx, xlsx, odt, ods, png, jpg, txt, csv, p7s, cms"
_MOST: Final = 50
_FAULTS: Final = {413: "file_too_large", 415: "file_type"}


class File(Model):
    """A kept file, as a page names it."""

    id: Id
    sha256: Sha256
    name: str
    size: int


async def keep_uploads(matter: Matter, form: FormData, typed: Typed) -> tuple[Typed, tuple[Fault, ...]]:
    """Keep every chosen file and note its id beside those kept before; a bad one becomes a fault."""
    faults: list[Fault] = []
    for field, upload in form.multi_items():
        if not isinstance(upload, UploadFile) or not upload.filename or not field.startswith(UPLOAD):
            continue
        attached = ATTACHED + field.removeprefix(UPLOAD)
        kept = await _keep(matter, field, upload)
        if isinstance(kept, Fault):
            faults.append(kept)
        else:
            typed = typed.with_values(attached, tuple(dict.fromkeys((*typed.all(attached), kept))))
    return typed, tuple(faults)


async def _keep(matter: Matter, field: str, upload: UploadFile) -> Id | Fault:
    limit = matter.services.settings.upload_limit_bytes
    name = upload.filename or ""
    if await _kept_so_far(matter) >= _MOST:
        return Fault(field=field, key="too_many_files", params={"limit": _MOST})
    digest = hashlib.sha256(f"{matter.number}/{matter.letter.id}/{field}/{name}\n".encode())
    digest.update(await upload.read(limit + 1))
    if upload.size == 0:
        return Fault(field=field, key="file_empty", params={"name": name})
    await upload.seek(0)
    try:
        row = await keep_file(
            matter.session,
            matter.number,
            f"a-{digest.hexdigest()[:24]}",  # the same file chosen twice is kept once
            files.UploadFile(upload.file, size=upload.size, filename=upload.filename, headers=upload.headers),
            limit,
            matter.now,
            letter=matter.letter.id,
        )
    except Failed as failed:
        key = _FAULTS.get(failed.status, "file_name")
        size = say_size(matter.language, limit)
        return Fault(field=field, key=key, params={"name": name, "allowed": ALLOWED, "limit": size})
    return row.id


async def _kept_so_far(matter: Matter) -> int:
    mine = select(func.count()).where(
        AttachmentRow.number == matter.number, AttachmentRow.letter == matter.letter.id
    )
    return (await matter.session.exec(mine)).one()


async def files_by_id(matter: Matter, ids: Iterable[Id]) -> tuple[File, ...]:
    """Files of this letter, in the order of the ids; an id of anything else is left out."""
    wanted = tuple(dict.fromkeys(ids))
    mine = and_(col(AttachmentRow.id).in_(wanted), col(AttachmentRow.letter) == matter.letter.id)
    by_id = {file.id: file for file in await _files(matter, mine)}
    return tuple(by_id[each] for each in wanted if each in by_id)


async def files_by_hash(matter: Matter, hashes: Iterable[Sha256]) -> tuple[File, ...]:
    """Files that came with an answer, by whichever letter it was given."""
    found = await _files(matter, col(AttachmentRow.sha256).in_(tuple(hashes)))
    return tuple({file.sha256: file for file in found}.values())


async def _files(matter: Matter, wanted: ColumnElement[bool]) -> list[File]:
    found = await matter.session.exec(
        select(AttachmentRow, FileRow.size)
        .join(FileRow, col(FileRow.sha256) == col(AttachmentRow.sha256))
        .where(AttachmentRow.number == matter.number, wanted)
        .order_by(col(AttachmentRow.at))
    )
    return [File(id=row.id, sha256=row.sha256, name=row.filename, size=size) for row, size in found]
