"""The inbox of the authorized body: what was received by which way, and what came on paper (rule 17)."""

import json
from datetime import date
from typing import Annotated

from fastapi import File, Query, Response, UploadFile
from pydantic import BaseModel, Field
from sqlmodel import col, select

from api.access.consolidation import ConsolidationAccess, permit_consolidation
from api.access.routing import COMMAND, CREATED, account_router
from api.commands.asking import ConsolidationAsker, asks
from api.commands.desk import answered
from api.commands.idempotency import Key, is_decided
from api.commands.paper import RegisteredView, register_paper
from api.commands.registering import registered_once
from api.content.attaching import keep_file
from api.content.notes import note_bodies
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
from models.commands import RegisterPaperReport
from models.consolidation.notices import ConsolidationReceipt
from models.report.content import ReportContent, Wording
from models.report.received import ReceivedReport, Way
from models.tables.content import SnapshotRow
from models.tables.files import AttachmentRow
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id, Kind, Language, Sha256

router = account_router("consolidation", prefix="/consolidation")


class ConsideredView(BaseModel):
    """Rule 18: when a report was considered, by which account, and with which note."""

    on: date
    by: Id | None
    note: str


class ReceivedReportView(BaseModel):
    """A report of the inbox, in its current version."""

    id: Id
    way: Way
    conductor: Id
    kind: Kind
    version: int
    title: Wording
    content: Sha256 = Field(description="Of the frozen content that every figure is recomputed from.")
    ended_on: date | None
    received_on: date
    has_file: bool
    awaits_consideration: bool
    considered: ConsideredView | None


class InboxFilters(BaseModel):
    """The filters of the inbox; all of them together."""

    way: Way | None = None
    considered: bool | None = None
    year: int | None = Field(default=None, ge=1990, le=2100, description="Of the end of the conduct.")
    conductor: Id | None = None


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
    found = [report for report in access.state.inbox.values() if _wanted(report, filters)]
    found.sort(key=lambda report: (report.received_on, report.id), reverse=True)
    notes = frozenset(report.considered.note for report in found if report.considered)
    bodies = await note_bodies(session, notes)
    titles = await _titles(session, frozenset(report.content for report in found))
    return tuple(_view(report, titles, bodies) for report in found)


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
    asker: Annotated[ConsolidationAsker, asks(RegisterPaperReport)],
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
    command = await paper_command(session, asker.access.state.mark, by["id"], by["actor"], body, today)
    return await register_paper(session, desk, asker.to, row, command, body, today, now)


@router.get("/reports/{report}/file", response_class=Response, responses={**documented(404), **FILE_RESPONSE})
async def download_paper_report(
    report: Report,
    access: Annotated[ConsolidationAccess, permit_consolidation(Action.READ_CONSOLIDATION)],
    session: Session,
) -> Response:
    """The file of a report that came on paper, under the name it was given."""
    known = access.state.inbox.get(report)
    if known is None or known.file is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    named = select(AttachmentRow.filename).where(
        AttachmentRow.number == access.state.mark, AttachmentRow.sha256 == known.file
    )
    filename = (await session.exec(named.order_by(col(AttachmentRow.at)).limit(1))).first()
    return await download(session, known.file, filename or report)


def _wanted(report: ReceivedReport, filters: InboxFilters) -> bool:
    year = (report.ended_on or report.received_on).year
    return (
        filters.way in (None, report.way)
        and filters.considered in (None, report.considered is not None)
        and filters.year in (None, year)
        and filters.conductor in (None, report.conductor)
    )


async def _titles(session: Session, contents: frozenset[Sha256]) -> dict[Sha256, Wording]:
    rows = await session.exec(select(SnapshotRow).where(col(SnapshotRow.sha256).in_(contents)))
    return {row.sha256: ReportContent.model_validate_json(row.body).title for row in rows}


def _view(
    report: ReceivedReport, titles: dict[Sha256, Wording], notes: dict[Sha256, str]
) -> ReceivedReportView:
    mark = report.considered
    considered = (
        ConsideredView(on=mark.on, by=mark.by, note=note_text(notes.get(mark.note))) if mark else None
    )
    return ReceivedReportView(
        id=report.id,
        way=report.way,
        conductor=report.conductor,
        kind=report.kind,
        version=report.version,
        title=titles.get(report.content, Wording()),
        content=report.content,
        ended_on=report.ended_on,
        received_on=report.received_on,
        has_file=report.file is not None,
        awaits_consideration=report.awaits_consideration,
        considered=considered,
    )


def note_text(body: str | None) -> str:
    """A note as typed; a wording in the first language it is in."""
    said = json.loads(body) if body else {}
    return str(said["text"]) if "text" in said else Wording.model_validate(said).best(Language.KK)
