"""The lead names a body a co-conductor no longer (rule 2)."""

from collections.abc import Iterable

from api.commands.idempotency import RequestKey
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.naming import bodies_named
from api.pages.desk.question_form import MonitoringQuestions
from api.pages.desk.questions import Answers, TextQuestion
from api.pages.forms.form import Line
from locales.catalogue import text
from models.commands import WithdrawCoConductor
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Conducting, Id

REASON = TextQuestion("reason")
_GONE = frozenset({Conducting.DECLINED, Conducting.WITHDRAWN})


class WithdrawCoConductorForm(MonitoringQuestions):
    """Before the report is approved; the body is told so."""

    command = WithdrawCoConductor
    path, key = "co-conductors/{about}/withdrawal", "withdraw_co_conductor"
    questions = (REASON,)
    closing = frozenset({"monitoring_ended", "report_approved_already", "co_conductor_gone", "not_named"})

    def things(self, state: MonitoringState) -> Iterable[Id]:
        return tuple(state.co_conductors)

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        named = state.co_conductors.items()
        return [known for known, each in named if state.before_approval and each.conducting not in _GONE]

    async def about_lines(self, sitting: MonitoringSitting) -> tuple[Line, ...]:
        names = await bodies_named(sitting.session, sitting.language, sitting.today, {sitting.about})
        label = text(sitting.language, "page.desk.start.co_conductor")
        return (Line(label=label, value=names[sitting.about]),)

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> WithdrawCoConductor:
        return WithdrawCoConductor(**sitting.by(key), organisation=sitting.about, reason=said[REASON].sha256)
