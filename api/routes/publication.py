"""Publication on the authorized body's official web resource (rule 19, A8)."""

from typing import Annotated

from pydantic import Field, HttpUrl, UrlConstraints

from api.access.policy import Access
from api.access.routing import COMMAND, monitoring_router, permit
from api.commands.desk import Desk
from api.http.requests import CommandBody, Day
from models.commands import PublishReport
from models.commands.receipt import Receipt
from models.vocabulary.access import Action

router = monitoring_router("publication")


class PublishReportBody(CommandBody):
    published_on: Day
    address: Annotated[HttpUrl, UrlConstraints(max_length=400)] = Field(
        description="The page on the official web resource.", examples=["https://uo.example.kz/reports/3"]
    )


@router.post("/publications", responses=COMMAND)
async def publish_report(
    body: PublishReportBody, access: Annotated[Access, permit(Action.PUBLISH_REPORT)], desk: Desk
) -> Receipt:
    """Record where and when the current version was published. Due for comprehensive ones only."""
    command = PublishReport(
        id=desk.id,
        actor=access.actor(body.on_behalf),
        published_on=body.published_on,
        address=str(body.address),
    )
    return await desk.send(access.number, command)
