"""A monitoring is cancelled before its report is approved, with a reason."""

from api.commands.asking import By
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.desk_form import MonitoringForm
from api.pages.desk.one_text import OneTextForm
from models.commands import CancelMonitoring
from models.monitoring.state import MonitoringState
from models.report.notes import TextNote
from models.vocabulary.procedure import Sha256


class CancelForm(OneTextForm[MonitoringSitting], MonitoringForm[TextNote]):
    """Everyone who was asked for something is told to stop."""

    command = CancelMonitoring
    path, template, key, field = "cancellation", "desk/cancel.html", "cancel", "reason"
    closing = frozenset({"monitoring_ended", "cannot_cancel_after_approval"})

    async def filled(self, sitting: MonitoringSitting, by: By, said: Sha256) -> CancelMonitoring:
        return CancelMonitoring(**by, reason=said)

    def offered(self, state: MonitoringState) -> bool:
        return state.before_approval
