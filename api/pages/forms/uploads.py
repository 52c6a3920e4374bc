"""Files added to an answer: kept at once, so that an error elsewhere on the page never loses them."""

import hashlib
from collections.abc import Iterable
from typing import Final

from fastapi import datastructures as files
from sqlalchemy import ColumnElement, and_, func
from sqlmodel import col, select
from starlette.datastructures import FormData, UploadFile

from api.content.attaching import keep_file
from api.content.file_types import ALLOWED
from api.pages.forms.bench import Bench
from api.pages.forms.typed import Fault, Typed
from api.problems.problem import Failed, ProblemCode
from locales.dates import say_size
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Sha256

UPLOAD: Final = "upload"  # the field a file is chosen in: `upload`, or `upload-<item>`
ATTACHED: Final = "attached"  # the files kept so far, by id: `attached`, or `attached-<item>`
_MOST: Final = 50
_FAULTS: Final = {
    ProblemCode.TOO_LARGE: "file_too_large",
    ProblemCode.FILE_TYPE: "file_type",
    ProblemCode.FILE_CONTENT: "file_content",
    ProblemCode.FILE_MACROS: "file_macros",
}


class File(Model):
    """A kept file, as a page names it."""

    id: Id
    sha256: Sha256
    name: str
    size: int


async def keep_uploads(
    bench: Bench, form: FormData, typed: Typed, *, one: bool = False
) -> tuple[Typed, tuple[Fault, ...]]:
    """Keep every chosen file and note its id beside those kept before; a bad one becomes a fault.

    Where a form takes `one` file, the last one chosen takes the place of the one before.
    """
    faults: list[Fault] = []
    for field, upload in form.multi_items():
        if not isinstance(upload, UploadFile) or not upload.filename or not field.startswith(UPLOAD):
            continue
        attached = ATTACHED + field.removeprefix(UPLOAD)
        kept = await _keep(bench, typed, field, upload)
        if isinstance(kept, Fault):
            faults.append(kept)
        else:
            before = () if one else typed.all(attached)
            typed = typed.with_values(attached, tuple(dict.fromkeys((*before, kept))))
    return typed, tuple(faults)


async def _keep(bench: Bench, typed: Typed, field: str, upload: UploadFile) -> Id | Fault:
    limit = bench.services.settings.upload_limit_bytes
    name = upload.filename or ""
    actor = bench.actor()
    if actor.letter is not None and await _kept_by_link(bench, actor.letter) >= _MOST:
        return Fault(field=field, key="too_many_files", params={"limit": _MOST})
    digest = hashlib.sha256(f"{bench.place_of_files(typed)}/{field}/{name}\n".encode())
    digest.update(await upload.read(limit + 1))
    if upload.size == 0:
        return Fault(field=field, key="file_empty", params={"name": name})
    await upload.seek(0)
    try:
        row = await keep_file(
            bench.session,
            bench.to.mark,
            f"a-{digest.hexdigest()[:24]}",  # the same file chosen twice is kept once
            files.UploadFile(upload.file, size=upload.size, filename=upload.filename, headers=upload.headers),
            limit,
            bench.now,
            account=actor.account,
            letter=actor.letter,
        )
    except Failed as failed:
        key = _FAULTS.get(ProblemCode(failed.refusals[0].code), "file_name")
        size = say_size(bench.language, limit)
        return Fault(field=field, key=key, params={"name": name, "allowed": ALLOWED, "limit": size})
    return row.id


async def _kept_by_link(bench: Bench, letter: Id) -> int:
    mine = select(func.count()).where(AttachmentRow.number == bench.to.mark, AttachmentRow.letter == letter)
    return (await bench.session.exec(mine)).one()


async def files_by_id(bench: Bench, ids: Iterable[Id]) -> tuple[File, ...]:
    """Files of this bench, in the order of the ids; an id of anything else is left out."""
    wanted = tuple(dict.fromkeys(ids))
    mine = and_(col(AttachmentRow.id).in_(wanted), col(AttachmentRow.letter) == bench.actor().letter)
    by_id = {file.id: file for file in await _files(bench, mine)}
    return tuple(by_id[each] for each in wanted if each in by_id)


async def files_by_hash(bench: Bench, hashes: Iterable[Sha256]) -> tuple[File, ...]:
    """Files that came with an answer, by whichever letter it was given."""
    found = await _files(bench, col(AttachmentRow.sha256).in_(tuple(hashes)))
    return tuple({file.sha256: file for file in found}.values())


async def _files(bench: Bench, wanted: ColumnElement[bool]) -> list[File]:
    found = await bench.session.exec(
        select(AttachmentRow, FileRow.size)
        .join(FileRow, col(FileRow.sha256) == col(AttachmentRow.sha256))
        .where(AttachmentRow.number == bench.to.mark, wanted)
        .order_by(col(AttachmentRow.at))
    )
    return [File(id=row.id, sha256=row.sha256, name=row.filename, size=size) for row, size in found]
