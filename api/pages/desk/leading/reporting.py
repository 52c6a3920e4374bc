"""The report goes to its head and comes back; an approved one is corrected (rules 15, 16, A12)."""

from api.commands.filling import to_submit_report
from api.commands.idempotency import RequestKey
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.leading.reading import read_draft
from api.pages.desk.leading.unanswered import unanswered_lines
from api.pages.desk.question_form import MonitoringQuestions
from api.pages.desk.questions import Answers, TextQuestion
from api.pages.forms.form import Line, Order, View
from api.pages.forms.typed import Typed
from models.commands import BeginCorrection, GiveUpCorrection, SubmitReport
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Stage

REASON = TextQuestion("reason")


class SubmitReportForm(MonitoringQuestions):
    """Rule 15: the draft is frozen as the next version and awaits approval; it is read as it would be."""

    command = SubmitReport
    path, template, key = "report/submission", "desk/report_read.html", "submit_report"
    closing = frozenset({"monitoring_ended", "not_drafting", "version_awaits_approval"})

    def offered(self, state: MonitoringState) -> bool:
        return (state.stage is Stage.DRAFTING or state.correcting) and state.submitted is None

    async def about_lines(self, sitting: MonitoringSitting) -> tuple[Line, ...]:
        return await unanswered_lines(sitting)

    async def view(self, typed: Typed, sitting: MonitoringSitting) -> View:
        return await read_draft(sitting, await super().view(typed, sitting))

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> SubmitReport:
        by = sitting.by(key)
        return (await to_submit_report(sitting.session, by, sitting.access, sitting.today))[0]

    async def order(self, answer: Answers, sitting: MonitoringSitting, key: RequestKey) -> Order:
        by = sitting.by(key)
        command, content = await to_submit_report(sitting.session, by, sitting.access, sitting.today)
        return Order(command, content=content)


class BeginCorrectionForm(MonitoringQuestions):
    """A12: an approved report is not edited; the content opens again for one more version."""

    command = BeginCorrection
    path, key = "report/correction", "begin_correction"
    questions = (REASON,)
    closing = frozenset({"monitoring_ended", "nothing_to_correct", "correction_under_way"})

    def offered(self, state: MonitoringState) -> bool:
        return state.after_approval and not state.correcting and not state.ended

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> BeginCorrection:
        return BeginCorrection(**sitting.by(key), reason=said[REASON].sha256)


class GiveUpCorrectionForm(MonitoringQuestions):
    """A12: a correction begun by mistake is given up; the approved report stands as it was."""

    command = GiveUpCorrection
    path, key = "report/correction/abandonment", "give_up_correction"
    questions = (REASON,)
    closing = frozenset({"monitoring_ended", "no_correction_under_way", "version_awaits_approval"})

    def offered(self, state: MonitoringState) -> bool:
        return state.correcting and state.submitted is None and not state.ended

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> GiveUpCorrection:
        return GiveUpCorrection(**sitting.by(key), reason=said[REASON].sha256)
