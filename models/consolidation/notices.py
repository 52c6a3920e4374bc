"""What a monitoring tells the authorized body's consolidation (rules 17, 18), and the order to start one."""

from datetime import date

from models.calendar.working import WorkingCalendar
from models.consolidation.state import ConsolidationState
from models.events import ConsolidationBriefing, ProceedingReconciled
from models.monitoring.open_work import consolidating, delivered, due_to_authorized_body
from models.monitoring.state import MonitoringState, Version
from models.report.inbox import InboxRead
from models.report.received import ReceivedReport, Way
from models.vocabulary.base import Model
from models.vocabulary.procedure import Mark, Stage


class ConsolidationNotice(Model):
    """A report is in the authorized body's hands; whether its monitoring was marked considered since.

    The note of the consideration is in the monitoring's journal: whoever tells the consolidation adds it.
    """

    report: ReceivedReport
    considered_on: date | None = None

    @property
    def key(self) -> str:
        """The same for the same news."""
        told = "considered" if self.considered_on else "received"
        return f"consolidation/{self.report.version}/{told}"


class HeardReport(ReceivedReport):
    """A report as a consolidation is told of it, with what its inbox said of it before."""

    read: InboxRead | None = None

    @property
    def report(self) -> ReceivedReport:
        """What is told, by itself."""
        return ReceivedReport.model_validate(self.model_dump(exclude={"read"}))


class ConsolidationInput(Model):
    """What a run of a consolidation begins with: a start, or the state of the run before it."""

    mark: Mark
    briefing: ConsolidationBriefing | None = None
    calendar: WorkingCalendar | None = None
    state: ConsolidationState | None = None
    reconciled: ProceedingReconciled | None = None  # the state is the journal's: the first thing it notes


class ConsolidationReceipt(Model):
    """What a command is answered with: up to which line of the journal it is recorded."""

    mark: Mark
    seq: int


def consolidation_notice(state: MonitoringState) -> ConsolidationNotice | None:
    """The news as they stand: delivered (rule 17), or the authorized body's own and approved (rule 20)."""
    version = state.current
    if state.stage is Stage.CANCELLED or version is None or version.approved_on is None:
        return None
    if not due_to_authorized_body(state):
        return _notice(state, version, Way.OWN, version.approved_on)
    office = consolidating(state)
    if office is None or not delivered(state, office):
        return None
    return _notice(state, version, Way.SENT, office.dispatched_on)


def _notice(state: MonitoringState, version: Version, way: Way, received_on: date) -> ConsolidationNotice:
    report = ReceivedReport(
        id=state.number,
        way=way,
        conductor=state.lead.organisation,
        kind=state.kind,
        version=version.number,
        content=version.content.sha256,
        ended_on=version.content.facts.ended_on,
        received_on=received_on,
    )
    return ConsolidationNotice(report=report, considered_on=state.considered_on)
