"""Findings: problem issues that contribute to corruption (rules 6, 11, 14.3)."""

from typing import Annotated

from fastapi import Path, Response

from api.access.policy import CONTENT_READS, Access
from api.access.routing import CREATED, EDIT, edits, monitoring_router, permit
from api.content.building import current_findings
from api.content.editing import IfMatch, create, etag, replace
from api.content.store import Part, existing_item
from api.http.deps import Now, Session
from api.problems.problem import ProblemCode, invalid
from models.report.content import Finding
from models.vocabulary.procedure import Id

router = monitoring_router("content")
ItemInPath = Annotated[Id, Path(description="The finding's id.", examples=["f-1"])]


@router.get("/findings")
async def list_findings(
    access: Annotated[Access, permit(*CONTENT_READS)], session: Session
) -> tuple[Finding, ...]:
    """The findings as they stand, in the order in which they were entered."""
    return await current_findings(session, access.number)


@router.post("/findings", status_code=CREATED, responses=EDIT)
async def create_finding(
    body: Finding,
    access: Annotated[Access, edits()],
    session: Session,
    now: Now,
    response: Response,
) -> Finding:
    """Enter a new finding under an id of your own, unique within the monitoring."""
    row = await create(session, access, Part.FINDING, body.id, body, now, body.sources)
    response.headers["ETag"] = etag(row)
    return body


@router.get("/findings/{item}")
async def read_finding(
    item: ItemInPath,
    access: Annotated[Access, permit(*CONTENT_READS)],
    session: Session,
    response: Response,
) -> Finding:
    """One finding, with its revision as ETag."""
    row = await existing_item(session, access.number, Part.FINDING, item)
    response.headers["ETag"] = etag(row)
    return Finding.model_validate(row.body)


@router.put("/findings/{item}", responses=EDIT)
async def replace_finding(
    item: ItemInPath,
    body: Finding,
    access: Annotated[Access, edits()],
    session: Session,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> Finding:
    """Write the next revision on top of the one in `If-Match`. Earlier ones are kept."""
    if body.id != item:
        raise invalid(ProblemCode.INVALID, "/id", "id_differs")
    row = await replace(session, access, Part.FINDING, item, body, if_match, now, body.sources)
    response.headers["ETag"] = etag(row)
    return body


@router.delete("/findings/{item}", status_code=204, responses=EDIT)
async def remove_finding(
    item: ItemInPath,
    access: Annotated[Access, edits()],
    session: Session,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> None:
    """Remove a finding. Its revisions are kept."""
    row = await replace(session, access, Part.FINDING, item, None, if_match, now)
    response.headers["ETag"] = etag(row)
