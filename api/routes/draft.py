"""The draft: period, conductors, conclusions, tasks and the decision (rules 10, 16; annex)."""

from typing import Annotated

from fastapi import Response

from api.access.policy import CONTENT_READS, Access
from api.access.routing import EDIT, edits, monitoring_router, permit
from api.content.building import DRAFT_ITEM, current_draft
from api.content.checks import check_reasons
from api.content.editing import IfMatch, etag, put
from api.content.store import Part, newest_revision
from api.http.contacts import check_contacts
from api.http.deps import Now, Session
from models.report.content import ReportDraft

router = monitoring_router("content")


@router.get("/draft")
async def read_draft(
    access: Annotated[Access, permit(*CONTENT_READS)], session: Session, response: Response
) -> ReportDraft:
    """The draft as it stands, with its revision as ETag; an empty one before the first was written."""
    row = await newest_revision(session, access.number, Part.DRAFT, DRAFT_ITEM)
    if row is not None:
        response.headers["ETag"] = etag(row)
    return await current_draft(session, access.number)


@router.put("/draft", responses=EDIT)
async def replace_draft(
    body: ReportDraft,
    access: Annotated[Access, edits()],
    session: Session,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> ReportDraft:
    """Write the draft. Conductors left empty are printed with their names and contacts from the registry."""
    check_contacts(body)
    check_reasons(body)
    row = await put(session, access, Part.DRAFT, DRAFT_ITEM, body, if_match, now)
    response.headers["ETag"] = etag(row)
    return body
