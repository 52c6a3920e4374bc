"""A monitoring is cancelled before its report is approved, with a reason."""

from api.commands.idempotency import RequestKey
from api.content.notes import noted
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.desk_form import MonitoringForm
from api.pages.forms.form import Line, Order, Reading
from api.pages.forms.typed import Reader, Typed
from api.routes.closing import ReasonBody
from locales.catalogue import text
from models.commands.monitoring import CancelMonitoring


class CancelForm(MonitoringForm[ReasonBody]):
    """The rules mind when it is sent, never what the reason says."""

    command = CancelMonitoring
    path, template, key = "cancellation", "desk/cancel.html", "cancel"
    closing = frozenset({"monitoring_ended", "cannot_cancel_after_approval"})

    async def read(self, typed: Typed, sitting: MonitoringSitting) -> Reading[ReasonBody]:
        reader = Reader(typed)
        reason = reader.text("reason", "desk_cancel_reason_missing")
        if reader.faults:
            return Reading(None, tuple(reader.faults))
        return Reading(ReasonBody(reason=reason))

    async def lines(self, answer: ReasonBody, sitting: MonitoringSitting) -> tuple[Line, ...]:
        label = text(sitting.language, "page.desk.cancel.reason")
        return (Line(label=label, value=answer.reason, field="reason"),)

    def any_answer(self, sitting: MonitoringSitting) -> ReasonBody:
        return ReasonBody(reason="–")

    async def order(self, answer: ReasonBody, sitting: MonitoringSitting, key: RequestKey) -> Order:
        reason = noted(answer.reason)
        command = CancelMonitoring(id=key.id, actor=sitting.actor(), reason=reason.sha256)
        return Order(command, (reason,))
