"""Files attached to a monitoring."""

from datetime import datetime
from typing import Annotated

from fastapi import File, Form, Path, Response, UploadFile
from pydantic import BaseModel, Field
from sqlmodel import col, select

from activities.files.types import ALLOWED
from activities.proofs.signed_digests import BadSignature, Why
from api.access.policy import CONTENT_READS, Access
from api.access.routing import CREATED, monitoring_router, permit
from api.commands.idempotency import Key
from api.commands.registering import registered_once
from api.content.attaching import keep_file, looked_at
from api.content.editing import goes_on
from api.content.signing import keep_signature, signables
from api.http.deps import Now, Session
from api.http.downloads import FILE_RESPONSE, download
from api.problems.problem import Failed, ProblemCode, documented, invalid, not_found
from api.services.services import AnyServices
from models.tables.files import AttachmentRow, FileRow
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Sha256
from models.vocabulary.signatures import SignatureCheck

router = monitoring_router("attachments")


class AttachmentView(BaseModel):
    id: Id
    sha256: Sha256
    filename: str
    media_type: str
    size: int
    at: datetime
    account: Id | None
    letter: Id | None
    signs: Sha256 | None = Field(None, description="The file it is a detached signature of.")
    signature_check: SignatureCheck | None = None
    signature_algorithms: str | None = None


@router.get("/attachments")
async def list_attachments(
    access: Annotated[Access, permit(*CONTENT_READS)], session: Session
) -> tuple[AttachmentView, ...]:
    """Files attached to the monitoring, the oldest first."""
    rows = await session.exec(
        select(AttachmentRow, FileRow.media_type, FileRow.size)
        .join(FileRow, col(FileRow.sha256) == col(AttachmentRow.sha256))
        .where(AttachmentRow.number == access.number)
        .order_by(col(AttachmentRow.at), col(AttachmentRow.id))
    )
    return tuple(_view(*row) for row in rows)


@router.post("/attachments", status_code=CREATED, responses=documented(409, 413, 415))
async def attach_file(
    file: Annotated[UploadFile, File(description=ALLOWED)],
    access: Annotated[Access, permit(Action.ATTACH)],
    session: Session,
    services: AnyServices,
    key: Key,
    now: Now,
) -> AttachmentView:
    """Attach a file. Its type is judged by its bytes; the same key with another file is refused."""
    number, caller, limit = access.number, access.caller, services.settings.upload_limit_bytes

    async def change() -> AttachmentView:
        goes_on(access.state)
        row = await keep_file(session, number, key.derived("a"), file, limit, now, account=caller.account)
        kept = select(FileRow.media_type, FileRow.size).where(FileRow.sha256 == row.sha256)
        return _view(row, *(await session.exec(kept)).one())

    return await registered_once(
        session, key, caller, "attach_file", now, AttachmentView, change, number=number
    )


@router.post("/signatures", status_code=CREATED, responses=documented(404, 409, 413, 415))
async def attach_signature(
    file: Annotated[UploadFile, File(description="CMS signed data, detached: cms, p7s, sig.")],
    signs: Annotated[Sha256, Form(description="The SHA-256 of the file it signs.")],
    access: Annotated[Access, permit(Action.ATTACH)],
    session: Session,
    services: AnyServices,
    key: Key,
    now: Now,
) -> AttachmentView:
    """Attach a detached signature of a printed version, a kept letter or an attached file.

    Its digest is compared with the file's where it is of a kind that is computed here; the signature's own
    value and the certificate are not looked at. The same signature stands beside a file once.
    """
    number, caller, limit = access.number, access.caller, services.settings.upload_limit_bytes

    async def change() -> AttachmentView:
        goes_on(access.state)
        if signs not in {each.sha256 for each in await signables(session, access.state)}:
            raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
        looked = await looked_at(file, limit)
        try:
            row = await keep_signature(session, number, key.derived("s"), looked, signs, now, caller.account)
        except BadSignature as bad:
            raise _no_signature(bad.why) from None
        return _view(row, looked.media_type, len(looked.content))

    return await registered_once(
        session, key, caller, "attach_signature", now, AttachmentView, change, number=number
    )


def _no_signature(why: Why) -> Failed:
    match why:
        case Why.OF_ANOTHER_FILE:
            return invalid(ProblemCode.INVALID, "/file", "signature_of_another_file")
        case Why.NOT_DETACHED:
            return invalid(ProblemCode.INVALID, "/file", "signature_not_detached")
        case Why.NOT_A_SIGNATURE:
            return invalid(ProblemCode.INVALID, "/file", "signature_unreadable")


@router.get("/attachments/{attachment}", response_class=Response, responses=FILE_RESPONSE)
async def download_attachment(
    attachment: Annotated[Id, Path(description="The attachment's id.")],
    access: Annotated[Access, permit(*CONTENT_READS)],
    session: Session,
) -> Response:
    """The file under the name it was given."""
    row = await session.get(AttachmentRow, attachment)
    if row is None or row.number != access.number:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    return await download(session, row.sha256, row.filename)


def _view(row: AttachmentRow, media_type: str, size: int) -> AttachmentView:
    return AttachmentView(
        id=row.id,
        sha256=row.sha256,
        filename=row.filename,
        media_type=media_type,
        size=size,
        at=row.at,
        account=row.account,
        letter=row.letter,
        signs=row.signs,
        signature_check=SignatureCheck(row.signature_check) if row.signature_check else None,
        signature_algorithms=row.signature_algorithms,
    )
