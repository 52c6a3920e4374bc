"""The inbox of the authorized body: what was received by which way, and what came on paper (rule 17)."""

from typing import Annotated

from fastapi import File, Query, Response, UploadFile
from pydantic import BaseModel
from sqlmodel import col, select

from activities.registries.received_reports import report_lying_in
from api.access.consolidation import ConsolidationAccess, permit_consolidation
from api.access.routing import COMMAND, CREATED, account_router
from api.commands.asking import ConsolidationAsker, asks
from api.commands.desk import answered
from api.commands.idempotency import Key, is_decided
from api.commands.paper import RegisteredView, register_paper
from api.commands.registering import registered_once
from api.content.attaching import keep_file
from api.content.paper_reports import (
    RegisterPaperReportBody,
    check_paper,
    paper_command,
)
from api.http.deps import Now, Session, Today
from api.http.downloads import FILE_RESPONSE, download
from api.problems.problem import ProblemCode, documented, not_found
from api.routes.consolidation import Report
from api.services.services import AnyServices
from api.views.inbox import InboxFilters, ReceivedReportView, found_in_inbox, newest_first, views_of
from models.commands import RegisterPaperReport
from models.consolidation.notices import ConsolidationReceipt
from models.tables.files import AttachmentRow
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Sha256

router = account_router("consolidation", prefix="/consolidation")


class PaperFileView(BaseModel):
    """An uploaded file, to be named in a registration."""

    id: Id
    sha256: Sha256
    filename: str


@router.get("/reports", responses=documented(404))
async def list_received_reports(
    filters: Annotated[InboxFilters, Query()],
    access: Annotated[ConsolidationAccess, permit_consolidation(Action.READ_CONSOLIDATION)],
    session: Session,
) -> tuple[ReceivedReportView, ...]:
    """What was received, the newest first, with who considered it, when and with which note."""
    found = found_in_inbox(access.state.workflow_id, filters)
    return await views_of(session, (await session.exec(newest_first(found))).all())


@router.post("/files", status_code=CREATED, responses=documented(404, 409, 413, 415))
async def upload_paper_report(
    file: Annotated[UploadFile, File(description="The scan or the file of the e-mail.")],
    access: Annotated[ConsolidationAccess, permit_consolidation(Action.REGISTER_PAPER_REPORT)],
    session: Session,
    services: AnyServices,
    key: Key,
    now: Now,
) -> PaperFileView:
    """Upload the file of a report that came on paper, to register the report with."""
    limit = services.settings.upload_limit_bytes
    mark, caller = access.state.mark, access.caller

    async def change() -> PaperFileView:
        row = await keep_file(session, mark, key.derived("a"), file, limit, now, account=caller.account)
        return PaperFileView(id=row.id, sha256=row.sha256, filename=row.filename)

    return await registered_once(
        session, key, caller, "upload_paper_report", now, PaperFileView, change, number=mark
    )


@router.post("/reports", status_code=CREATED, responses={**documented(404), **COMMAND})
async def register_paper_report(
    body: RegisterPaperReportBody,
    asker: Annotated[ConsolidationAsker, asks(RegisterPaperReport, at_once=False)],
    session: Session,
    today: Today,
    now: Now,
) -> RegisteredView:
    """Register a report that came otherwise than by this system, with its file and its content (rule 17)."""
    desk, by = asker.desk, asker.by(body)
    row = await desk.claimed(RegisterPaperReport, by["actor"], None)
    if is_decided(row):
        receipt = answered(row, ConsolidationReceipt)
        return RegisteredView(**receipt.model_dump(), report=row.number or "")
    await check_paper(session, body, today)
    command = await paper_command(session, asker.access.state, by["id"], by["actor"], body, today)
    return await register_paper(session, desk, asker.to, row, command, body, today, now)


@router.get("/reports/{report}/file", response_class=Response, responses={**documented(404), **FILE_RESPONSE})
async def download_paper_report(
    report: Report,
    access: Annotated[ConsolidationAccess, permit_consolidation(Action.READ_CONSOLIDATION)],
    session: Session,
) -> Response:
    """The file of a report that came on paper, under the name it was given."""
    known = await report_lying_in(session, access.state.workflow_id, report)
    if known is None or known.file is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    named = select(AttachmentRow.filename).where(
        AttachmentRow.number == access.state.mark, AttachmentRow.sha256 == known.file
    )
    filename = (await session.exec(named.order_by(col(AttachmentRow.at)).limit(1))).first()
    return await download(session, known.file, filename or report)
