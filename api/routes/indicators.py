"""Indicators of parts II and III of the form (annex; rule 7 for their sources)."""

from typing import Annotated

from fastapi import Body, Path, Response

from api.access.policy import CONTENT_READS, Access
from api.access.routing import CREATED, EDIT, edits, monitoring_router, permit
from api.content.building import INDICATOR, current_indicators
from api.content.checks import check_indicator
from api.content.editing import IfMatch, create, etag, replace
from api.content.store import Part, existing_item
from api.http.deps import Now, Session
from api.problems.problem import ProblemCode, invalid
from models.report.content import Indicator
from models.vocabulary.procedure import Id

router = monitoring_router("content")
# FastAPI drops the discriminator of `Indicator`: said again, only the branch that `kind` names is judged.
IndicatorInBody = Annotated[Indicator, Body(discriminator="kind")]
ItemInPath = Annotated[Id, Path(description="The indicator's id.", examples=["i-1"])]


@router.get("/indicators")
async def list_indicators(
    access: Annotated[Access, permit(*CONTENT_READS)], session: Session
) -> tuple[Indicator, ...]:
    """The indicators as they stand, in the order in which they were entered."""
    return await current_indicators(session, access.number)


@router.post("/indicators", status_code=CREATED, responses=EDIT)
async def create_indicator(
    body: IndicatorInBody,
    access: Annotated[Access, edits()],
    session: Session,
    now: Now,
    response: Response,
) -> Indicator:
    """Enter a new indicator under an id of your own, unique within the monitoring."""
    check_indicator(body)
    row = await create(session, access, Part.INDICATOR, body.id, body, now, body.sources)
    response.headers["ETag"] = etag(row)
    return body


@router.get("/indicators/{item}")
async def read_indicator(
    item: ItemInPath,
    access: Annotated[Access, permit(*CONTENT_READS)],
    session: Session,
    response: Response,
) -> Indicator:
    """One indicator, with its revision as ETag."""
    row = await existing_item(session, access.number, Part.INDICATOR, item)
    response.headers["ETag"] = etag(row)
    return INDICATOR.validate_python(row.body)


@router.put("/indicators/{item}", responses=EDIT)
async def replace_indicator(
    item: ItemInPath,
    body: IndicatorInBody,
    access: Annotated[Access, edits()],
    session: Session,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> Indicator:
    """Write the next revision on top of the one in `If-Match`. Earlier ones are kept."""
    if body.id != item:
        raise invalid(ProblemCode.INVALID, "/id", "id_differs")
    check_indicator(body)
    row = await replace(session, access, Part.INDICATOR, item, body, if_match, now, body.sources)
    response.headers["ETag"] = etag(row)
    return body


@router.delete("/indicators/{item}", status_code=204, responses=EDIT)
async def remove_indicator(
    item: ItemInPath,
    access: Annotated[Access, edits()],
    session: Session,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> None:
    """Remove a indicator. Its revisions are kept."""
    row = await replace(session, access, Part.INDICATOR, item, None, if_match, now)
    response.headers["ETag"] = etag(row)
