"""Publication on the authorized body's official web resource (rule 19, A8)."""

from typing import Annotated

from pydantic import Field, HttpUrl, UrlConstraints

from api.access.routing import COMMAND, monitoring_router
from api.commands.asking import MonitoringAsker, asks
from api.commands.filling import to_publish_report
from api.http.deps import Session, Today
from api.http.languages import ReadersLanguage
from api.http.problems import reasons_of
from api.http.requests import CommandBody, Day
from api.problems.problem import Reason
from api.views.disclosures import DISCLOSURES_SEEN
from models.commands import PublishReport
from models.commands.receipt import Receipt
from models.monitoring.rules.publication import publication_warnings

router = monitoring_router("publication")


class PublishReportBody(CommandBody):
    published_on: Day
    disclosures_seen: bool = DISCLOSURES_SEEN
    address: Annotated[HttpUrl, UrlConstraints(max_length=400)] = Field(
        description="The page on the official web resource.", examples=["https://uo.example.kz/reports/3"]
    )


class PublicationView(Receipt):
    """The receipt; where rule 19 is not fulfilled by the address, why."""

    warnings: tuple[Reason, ...] = ()


@router.post("/publications", responses=COMMAND)
async def publish_report(
    body: PublishReportBody,
    asker: Annotated[MonitoringAsker, asks(PublishReport)],
    session: Session,
    today: Today,
    language: ReadersLanguage,
) -> PublicationView:
    """Record where and when the current version was published. Due for comprehensive ones only.

    Rule 19 is fulfilled on a host of the authorized body's web resource, as registered on that day.
    """
    command = await to_publish_report(
        session,
        asker.by(body),
        asker.access.state,
        body.published_on,
        str(body.address),
        today,
        disclosures_seen=body.disclosures_seen,
    )
    receipt = await asker.send(command)
    warnings = reasons_of(publication_warnings(asker.access.state, command), language)
    return PublicationView(**receipt.model_dump(), warnings=warnings)
