"""A monitoring is closed when nothing due is open, and nothing late is awaited any more: beyond the Rules."""

from api.commands.idempotency import RequestKey
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.question_form import MonitoringQuestions
from api.pages.desk.questions import Answers, TextQuestion
from models.commands import CloseMonitoring, EndFollowUp
from models.monitoring.rules.closing import closing_refusals
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Stage

REASON = TextQuestion("reason")


class CloseForm(MonitoringQuestions):
    """Until nothing keeps it open its page is not led to, and says what does."""

    command = CloseMonitoring
    path, key = "closing", "close_monitoring"
    closing = frozenset({"monitoring_ended", "closed_already"})

    def offered(self, state: MonitoringState) -> bool:
        open_yet = state.after_approval and state.stage is not Stage.CLOSED
        return open_yet and not closing_refusals(state)

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> CloseMonitoring:
        return CloseMonitoring(**sitting.by(key))


class EndFollowUpForm(MonitoringQuestions):
    """Late replies are not awaited any more, and why; with it the proceeding ends."""

    command = EndFollowUp
    path, key = "follow-up/end", "end_follow_up"
    questions = (REASON,)
    closing = frozenset({"monitoring_ended", "not_closed"})

    def offered(self, state: MonitoringState) -> bool:
        return state.stage is Stage.CLOSED and not state.follow_up_ended

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> EndFollowUp:
        return EndFollowUp(**sitting.by(key), reason=said[REASON].sha256)
