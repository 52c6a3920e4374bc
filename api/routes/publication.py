"""Publication on the authorized body's official web resource (rule 19, A8)."""

from typing import Annotated

from pydantic import Field, HttpUrl, UrlConstraints

from api.access.routing import COMMAND, monitoring_router
from api.commands.asking import MonitoringAsker, asks
from api.http.requests import CommandBody, Day
from api.views.disclosures import DISCLOSURES_SEEN
from models.commands import PublishReport
from models.commands.receipt import Receipt

router = monitoring_router("publication")


class PublishReportBody(CommandBody):
    published_on: Day
    disclosures_seen: bool = DISCLOSURES_SEEN
    address: Annotated[HttpUrl, UrlConstraints(max_length=400)] = Field(
        description="The page on the official web resource.", examples=["https://uo.example.kz/reports/3"]
    )


@router.post("/publications", responses=COMMAND)
async def publish_report(
    body: PublishReportBody, asker: Annotated[MonitoringAsker, asks(PublishReport)]
) -> Receipt:
    """Record where and when the current version was published. Due for comprehensive ones only."""
    command = PublishReport(
        **asker.by(body),
        published_on=body.published_on,
        address=str(body.address),
        disclosures_seen=body.disclosures_seen,
    )
    return await asker.send(command)
