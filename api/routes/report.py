"""The analytical report (rules 15 and 16): submitted, returned, approved, corrected, printed."""

from typing import Annotated, Literal

from fastapi import Path, Response
from pydantic import BaseModel

from api.access.auth import AnyCaller
from api.access.policy import ANY_READ, CONTENT_READS, EVERYTHING, Access
from api.access.routing import COMMAND, monitoring_router, permit
from api.commands.asking import MonitoringAsker, asks
from api.commands.filling import to_approve_report, to_return_report, to_submit_report
from api.content.building import build_content
from api.content.disclosures import disclosures_of
from api.content.notes import noted
from api.content.report_check import checked_report
from api.content.word_copies import copy_of_draft, copy_of_version
from api.http.deps import Session, Today
from api.http.downloads import DOCX_RESPONSE, FROZEN_RESPONSE, PDF_RESPONSE, download, frozen, frozen_content
from api.http.languages import ReadersLanguage
from api.http.making import answered
from api.http.problems import reasons_of
from api.http.refused_names import names_said
from api.http.requests import CommandBody, Text
from api.problems.problem import ProblemCode, Reason, documented, not_found
from api.services.made import Made
from api.services.services import AnyServices
from api.views.disclosures import DISCLOSURES_SEEN, DisclosureView, disclosures_view
from api.views.versions import VersionView, versions_seen
from models.commands import ApproveReport, BeginCorrection, GiveUpCorrection, ReturnReport, SubmitReport
from models.commands.receipt import Receipt
from models.report.content import ReportContent
from models.report.rendition import Rendition
from models.vocabulary.procedure import Language

router = monitoring_router("report")
VersionInPath = Annotated[int, Path(ge=1, le=10_000, description="The version's number, from 1.")]


class ReturnReportBody(CommandBody):
    reason: Text


class ApproveReportBody(CommandBody):
    disclosures_seen: bool = DISCLOSURES_SEEN


class BeginCorrectionBody(CommandBody):
    reason: Text


class GiveUpCorrectionBody(CommandBody):
    reason: Text


class ReportCheck(BaseModel):
    """What keeps the content from being a report, and what deserves a look."""

    ready: bool
    shortcomings: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    disclosures: tuple[DisclosureView, ...]


@router.get("/check-report")
async def check_report(
    access: Annotated[Access, permit(*CONTENT_READS)],
    session: Session,
    today: Today,
    language: ReadersLanguage,
) -> ReportCheck:
    """All that the report still lacks under the Rules: the same list a submission is refused with."""
    found = await checked_report(session, access.state, today)
    names = await names_said(session, today, (*found.lacks, *found.warned), language)
    disclosures = await disclosures_of(session, found.content, len(access.state.versions) + 1)
    return ReportCheck(
        ready=not found.lacks,
        shortcomings=reasons_of(found.lacks, language, names),
        warnings=reasons_of(found.warned, language, names),
        disclosures=disclosures_view(disclosures, language),
    )


@router.get("/report/content")
async def read_report_content(
    access: Annotated[Access, permit(*CONTENT_READS)], session: Session, today: Today
) -> ReportContent:
    """The report as it would be submitted now, with names from the registries."""
    return await build_content(session, access.state, today)


@router.get(
    "/report/content/{language}/docx", response_class=Response, responses=DOCX_RESPONSE | documented(429, 503)
)
async def download_draft_as_word(
    language: Language,
    access: Annotated[Access, permit(*CONTENT_READS)],
    caller: AnyCaller,
    session: Session,
    services: AnyServices,
    today: Today,
) -> Response:
    """The report as it would be submitted now, on the annex form as a Word document marked as a draft."""
    content = await build_content(session, access.state, today)
    await session.commit()  # whoever waits for a turn holds no connection

    async def making() -> Made:
        return await copy_of_draft(content, len(access.state.versions) + 1, language)

    return await answered(services, caller.account, making, None)


@router.post("/report/versions", responses=COMMAND)
async def submit_report(
    body: CommandBody,
    asker: Annotated[MonitoringAsker, asks(SubmitReport)],
    session: Session,
    today: Today,
) -> Receipt:
    """Submit the report to the head: the content is frozen under its hash and printed (rule 15)."""
    command, content = await to_submit_report(session, asker.by(body), asker.access, today)
    return await asker.send(command, content=content)


@router.post("/report/versions/{version}/return", responses=COMMAND)
async def return_report(
    version: VersionInPath,
    body: ReturnReportBody,
    asker: Annotated[MonitoringAsker, asks(ReturnReport)],
) -> Receipt:
    """Give a submitted version back with a reason."""
    reason = noted(body.reason)
    command = to_return_report(asker.by(body), version, reason.sha256)
    return await asker.send(command, notes=(reason,))


@router.post("/report/versions/{version}/approval", responses=COMMAND)
async def approve_report(
    version: VersionInPath,
    body: ApproveReportBody,
    asker: Annotated[MonitoringAsker, asks(ApproveReport)],
    session: Session,
    today: Today,
) -> Receipt:
    """Approve what was frozen and printed, not what was changed since (rules 5, 15, A10)."""
    command = await to_approve_report(
        session, asker.by(body), asker.access, version, today, disclosures_seen=body.disclosures_seen
    )
    return await asker.send(command)


@router.post("/report/correction", responses=COMMAND)
async def begin_correction(
    body: BeginCorrectionBody, asker: Annotated[MonitoringAsker, asks(BeginCorrection)]
) -> Receipt:
    """Begin to correct an approved report (A12): the content opens again for one more version."""
    reason = noted(body.reason)
    command = BeginCorrection(**asker.by(body), reason=reason.sha256)
    return await asker.send(command, notes=(reason,))


@router.post("/report/correction/abandonment", responses=COMMAND)
async def give_up_correction(
    body: GiveUpCorrectionBody, asker: Annotated[MonitoringAsker, asks(GiveUpCorrection)]
) -> Receipt:
    """Give a correction up that was begun by mistake (A12): the approved report stands as it was."""
    reason = noted(body.reason)
    command = GiveUpCorrection(**asker.by(body), reason=reason.sha256)
    return await asker.send(command, notes=(reason,))


@router.get("/report/versions")
async def list_versions(access: Annotated[Access, permit(*ANY_READ)]) -> tuple[VersionView, ...]:
    """The versions of the report with their documents; whoever only received it sees approved ones."""
    return versions_seen(access)


@router.get("/report/versions/{version}/content", response_class=Response, responses=FROZEN_RESPONSE)
async def read_version_content(
    version: VersionInPath, access: Annotated[Access, permit(*EVERYTHING)], session: Session
) -> Response:
    """What a version froze, byte by byte as it was hashed (canonical JSON), to be hashed again."""
    for seen in versions_seen(access):
        if seen.number == version:
            return await frozen(session, seen.content_sha256)
    raise not_found(ProblemCode.ITEM_UNKNOWN, item=str(version))


@router.get("/report/versions/{version}/disclosures")
async def read_version_disclosures(
    version: VersionInPath,
    access: Annotated[Access, permit(*EVERYTHING)],
    session: Session,
    language: ReadersLanguage,
) -> tuple[DisclosureView, ...]:
    """Where a person's data stands in what will be public: to be seen before approval and publication."""
    for seen in versions_seen(access):
        if seen.number == version:
            content = await frozen_content(session, seen.content_sha256)
            return disclosures_view(await disclosures_of(session, content, version), language)
    raise not_found(ProblemCode.ITEM_UNKNOWN, item=str(version))


@router.get(
    "/report/versions/{version}/documents/{rendition}/{language}/docx",
    response_class=Response,
    responses=DOCX_RESPONSE | documented(429, 503),
)
async def download_as_word(
    version: VersionInPath,
    rendition: Rendition,
    language: Language,
    access: Annotated[Access, permit(*ANY_READ)],
    caller: AnyCaller,
    session: Session,
    services: AnyServices,
) -> Response:
    """The report of a version as a Word document, made of the same content as the printed one."""
    seen = next((each for each in versions_seen(access) if each.number == version), None)
    if seen is None:
        raise not_found(ProblemCode.ITEM_UNKNOWN, item=str(version))
    await session.commit()  # whoever waits for a turn holds no connection

    async def making() -> Made:
        return await copy_of_version(services, seen, seen.content_sha256, rendition, language)

    return await answered(services, caller.account, making, None)


@router.get(
    "/report/versions/{version}/documents/{rendition}/{language}",
    response_class=Response,
    responses=PDF_RESPONSE,
)
async def download_document(
    version: VersionInPath,
    rendition: Literal["filed", "public"],
    language: Language,
    access: Annotated[Access, permit(*ANY_READ)],
    session: Session,
) -> Response:
    """The printed report (PDF/A). `filed` is the one sent; `public` has natural persons' contacts masked."""
    for seen in versions_seen(access):
        for document in seen.documents if seen.number == version else ():
            if (document.rendition, document.language) == (rendition, language):
                name = f"{access.number}-v{version}-{rendition}-{language.value}.pdf"
                return await download(session, document.sha256, name)
    raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
