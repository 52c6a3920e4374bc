"""Rule 19: the report of a comprehensive monitoring is placed on the authorized body's web resource (A8)."""

from datetime import date

from models.commands import PublishReport
from models.events import Event, ReportPublished
from models.monitoring.rules.disclosures import refuse_unseen_disclosures
from models.monitoring.rules.registry import decides
from models.monitoring.state import MonitoringState
from models.vocabulary.refusal import refuse_if


@decides(PublishReport)
def publish_report(state: MonitoringState, command: PublishReport, today: date) -> tuple[Event, ...]:
    """Required for a comprehensive report, allowed for a thematic one; a new address mends a wrong one."""
    current = state.current
    refuse_if(current is None, "report_not_approved", "19")
    assert current is not None
    refuse_if(state.correcting, "correction_under_way", "A12")
    same = any(p.version == current.number and p.address == command.address for p in state.publications)
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
            disclosures_seen=current.disclosures > 0 and command.disclosures_seen,
        ),
    )
