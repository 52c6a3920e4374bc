"""The one file of a paper report: kept as soon as it is chosen, by the API's own route."""

import hashlib
from collections.abc import Iterable
from typing import Final

from fastapi import datastructures as files
from sqlmodel import col, select
from starlette.datastructures import FormData, UploadFile

from api.commands.idempotency import RequestKey, command_id
from api.pages.desk.keys import KEY
from api.pages.desk.sitting import Sitting
from api.pages.forms.typed import Fault, Typed
from api.pages.forms.uploads import ALLOWED, ATTACHED, UPLOAD, File
from api.problems.problem import Failed
from api.routes.consolidation_reports import upload_paper_report
from locales.dates import say_size
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.procedure import Id

_FAULTS: Final = {413: "file_too_large", 415: "file_type"}


async def keep_paper(form: FormData, typed: Typed, sitting: Sitting) -> tuple[Typed, tuple[Fault, ...]]:
    """Keep a file that was chosen, in place of the one before; a bad one becomes a fault."""
    upload = form.get(UPLOAD)
    if not isinstance(upload, UploadFile) or not upload.filename:
        return typed, ()
    if upload.size == 0:
        return typed, (Fault(field=UPLOAD, key="file_empty", params={"name": upload.filename}),)
    limit = sitting.services.settings.upload_limit_bytes
    key = await _key(upload, typed, sitting, limit)
    given = files.UploadFile(upload.file, size=upload.size, filename=upload.filename, headers=upload.headers)
    try:
        kept = await upload_paper_report(
            given, sitting.access, sitting.session, sitting.services, key, sitting.now
        )
    except Failed as failed:
        fault = _FAULTS.get(failed.status, "file_name")
        size = say_size(sitting.language, limit)
        params: dict[str, str | int] = {"name": upload.filename, "allowed": ALLOWED, "limit": size}
        return typed, (Fault(field=UPLOAD, key=fault, params=params),)
    await sitting.session.commit()  # whatever becomes of the form, the file need not be chosen again
    return typed.with_values(ATTACHED, (kept.id,)), ()


async def _key(upload: UploadFile, typed: Typed, sitting: Sitting, limit: int) -> RequestKey:
    """The same file chosen twice in one form is kept once."""
    digest = hashlib.sha256(f"{typed.one(KEY)}/{upload.filename}\n".encode())
    digest.update(await upload.read(limit + 1))
    await upload.seek(0)
    sha256 = digest.hexdigest()
    known = command_id(sitting.access.caller.account, sha256)
    return RequestKey(key=sha256, id=known, sha256=sha256)


async def kept_papers(sitting: Sitting, ids: Iterable[Id]) -> tuple[File, ...]:
    """Files kept for this consolidation; an id of anything else is left out."""
    found = await sitting.session.exec(
        select(AttachmentRow, FileRow.size)
        .join(FileRow, col(FileRow.sha256) == col(AttachmentRow.sha256))
        .where(AttachmentRow.number == sitting.state.mark, col(AttachmentRow.id).in_(tuple(ids)))
    )
    return tuple(File(id=row.id, sha256=row.sha256, name=row.filename, size=size) for row, size in found)
