"""The authorized body leads on a monitoring that nobody leads any more, by an act."""

from api.commands.asking import By
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.desk_form import MonitoringForm
from api.pages.desk.one_text import OneTextForm
from models.commands import TakeOverMonitoring
from models.monitoring.state import MonitoringState
from models.report.notes import TextNote
from models.vocabulary.access import Action
from models.vocabulary.procedure import Sha256


class TakeOverForm(OneTextForm[MonitoringSitting], MonitoringForm[TextNote]):
    """The body that led it is no more, and has no successor."""

    command = TakeOverMonitoring
    path, template, key, field = "taking-over", "desk/take_over.html", "take_over", "reason"
    afterwards = (Action.APPROVE_REPORT,)  # it leads then: no heir to anything any more
    closing = frozenset({"monitoring_ended", "led_by_somebody"})

    async def filled(self, sitting: MonitoringSitting, by: By, said: Sha256) -> TakeOverMonitoring:
        return TakeOverMonitoring(**by, reason=said)

    def offered(self, state: MonitoringState) -> bool:
        return state.leading is None and not state.ended
