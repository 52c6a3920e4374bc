"""Sources of information (rules 7 and 14.1)."""

from typing import Annotated

from fastapi import Path, Response

from api.access.policy import CONTENT_READS, Access
from api.access.routing import CREATED, EDIT, edits, monitoring_router, permit
from api.content.building import current_sources
from api.content.checks import check_attachments, check_source
from api.content.editing import IfMatch, create, etag, replace
from api.content.store import Part, existing_item
from api.http.deps import Now, Session, Today
from api.problems.problem import ProblemCode, invalid
from models.report.content import Source
from models.vocabulary.procedure import Id

router = monitoring_router("content")
ItemInPath = Annotated[Id, Path(description="The source's id.", examples=["s-1"])]


@router.get("/sources")
async def list_sources(
    access: Annotated[Access, permit(*CONTENT_READS)], session: Session
) -> tuple[Source, ...]:
    """The sources as they stand, in the order in which they were entered."""
    return await current_sources(session, access.number)


@router.post("/sources", status_code=CREATED, responses=EDIT)
async def create_source(
    body: Source,
    access: Annotated[Access, edits()],
    session: Session,
    now: Now,
    today: Today,
    response: Response,
) -> Source:
    """Enter a new source under an id of your own, unique within the monitoring."""
    await _check(session, access, body, today)
    row = await create(session, access, Part.SOURCE, body.id, body, now)
    response.headers["ETag"] = etag(row)
    return body


@router.get("/sources/{item}")
async def read_source(
    item: ItemInPath,
    access: Annotated[Access, permit(*CONTENT_READS)],
    session: Session,
    response: Response,
) -> Source:
    """One source, with its revision as ETag."""
    row = await existing_item(session, access.number, Part.SOURCE, item)
    response.headers["ETag"] = etag(row)
    return Source.model_validate(row.body)


@router.put("/sources/{item}", responses=EDIT)
async def replace_source(
    item: ItemInPath,
    body: Source,
    access: Annotated[Access, edits()],
    session: Session,
    now: Now,
    today: Today,
    response: Response,
    if_match: IfMatch = None,
) -> Source:
    """Write the next revision on top of the one in `If-Match`. Earlier ones are kept."""
    if body.id != item:
        raise invalid(ProblemCode.INVALID, "/id", "id_differs")
    await _check(session, access, body, today)
    row = await replace(session, access, Part.SOURCE, item, body, if_match, now)
    response.headers["ETag"] = etag(row)
    return body


@router.delete("/sources/{item}", status_code=204, responses=EDIT)
async def remove_source(
    item: ItemInPath,
    access: Annotated[Access, edits()],
    session: Session,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> None:
    """Remove a source. Its revisions are kept."""
    row = await replace(session, access, Part.SOURCE, item, None, if_match, now)
    response.headers["ETag"] = etag(row)


async def _check(session: Session, access: Access, body: Source, today: Today) -> None:
    check_source(access.state, body, access.caller.organisation, today)
    await check_attachments(session, access.number, body)
