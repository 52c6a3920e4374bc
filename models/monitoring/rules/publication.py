"""Rule 19: the report of a comprehensive monitoring is placed on the authorized body's web resource (A8)."""

from datetime import date

from models.commands import PublishReport
from models.events import Event, ReportPublished
from models.monitoring.open_work import printed_and_declined, publication_due
from models.monitoring.rules.disclosures import refuse_unseen_disclosures
from models.monitoring.rules.registry import decides
from models.monitoring.state import MonitoringState
from models.vocabulary.refusal import Refusal, refuse_if
from models.vocabulary.web import host_of


@decides(PublishReport)
def publish_report(state: MonitoringState, command: PublishReport, today: date) -> tuple[Event, ...]:
    """Required for a comprehensive report, allowed for a thematic one; a new address mends a wrong one.

    Anywhere but on the official web resource it is recorded, and rule 19 is not fulfilled by it.
    """
    current = state.current
    refuse_if(current is None, "report_not_approved", "19")
    assert current is not None
    refuse_if(state.correcting, "correction_under_way", "A12")
    if command.conduct_asked:
        _refuse_declined(state)
    elsewhere = bool(_elsewhere(command))
    same = any(
        (p.version, p.address, p.elsewhere) == (current.number, command.address, elsewhere)
        for p in state.publications
    )
    refuse_if(same, "published_already", "19", version=str(current.number))
    approved = current.approved_on or today
    day = command.published_on
    refuse_if(day > today, "date_in_future", "19", date=day.isoformat())
    refuse_if(day < approved, "published_before_approval", "19", approved=approved.isoformat())
    refuse_unseen_disclosures(current, command.disclosures_seen)
    return (
        ReportPublished(
            version=current.number,
            published_on=day,
            address=command.address,
            elsewhere=elsewhere,
            disclosures_seen=current.disclosures > 0 and command.disclosures_seen,
        ),
    )


def _refuse_declined(state: MonitoringState) -> None:
    """Rule 2: the public is not told that a body conducted which says it does not; the correction comes first
    (A12), and rule 19 sets no day that this could miss."""
    for item in printed_and_declined(state):
        refuse_if(True, "conductor_declined", "2", organisation=item.subject or "")


def publication_warnings(state: MonitoringState, command: PublishReport) -> tuple[Refusal, ...]:
    """Why rule 19 is not fulfilled by this address; it asks nothing of a thematic monitoring's report."""
    return _elsewhere(command) if publication_due(state) else ()


def _elsewhere(command: PublishReport) -> tuple[Refusal, ...]:
    """That it is not on the official web resource: that has other hosts, or none is registered."""
    hosts = command.official_hosts
    host = host_of(command.address)
    if hosts is None or host in hosts:
        return ()
    if not hosts:
        return (Refusal(code="web_resource_not_registered", rule="19"),)
    params = {"host": host, "hosts": ", ".join(hosts)}
    return (Refusal(code="published_elsewhere", rule="19", params=params),)
