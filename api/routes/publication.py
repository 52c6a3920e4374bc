"""Publication on the authorized body's official web resource (rule 19, A8)."""

from typing import Annotated

from pydantic import Field, HttpUrl, UrlConstraints

from activities.registries.bodies import official_hosts
from api.access.routing import COMMAND, monitoring_router
from api.commands.asking import MonitoringAsker, asks
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
    current = asker.access.state.current
    approved = current.approved_on if current else None
    within = approved is not None and approved <= body.published_on <= today
    command = PublishReport(
        **asker.by(body),
        published_on=body.published_on,
        address=str(body.address),
        official_hosts=await official_hosts(session, body.published_on if within else today),
        disclosures_seen=body.disclosures_seen,
    )
    receipt = await asker.send(command)
    warnings = reasons_of(publication_warnings(command), language)
    return PublicationView(**receipt.model_dump(), warnings=warnings)
