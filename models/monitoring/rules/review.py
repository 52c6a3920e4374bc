"""Rule 18: the authorized body considers and analyses the reports of its divisions and of other subjects."""

from datetime import date

from models.commands import MarkConsidered
from models.events import Event, ReportConsidered
from models.monitoring.open_work import due_to_authorized_body, sent_to_authorized_body
from models.monitoring.rules.registry import decides
from models.monitoring.state import MonitoringState
from models.vocabulary.refusal import refuse_if


@decides(MarkConsidered)
def mark_considered(state: MonitoringState, command: MarkConsidered, today: date) -> tuple[Event, ...]:
    refuse_if(not due_to_authorized_body(state), "own_report_not_reviewed", "18")
    refuse_if(not sent_to_authorized_body(state), "not_received_by_authorized_body", "18")
    refuse_if(state.correcting, "correction_under_way", "A12")
    on = str(state.considered_on)
    refuse_if(state.considered_on is not None, "considered_by_body_already", "18", on=on)
    return (ReportConsidered(considered_on=today, note=command.note),)
