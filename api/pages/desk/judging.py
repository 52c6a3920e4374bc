"""How far an accepted item was carried out: the conductor's judgement, or a new day. Beyond the Rules."""

from collections.abc import Iterable

from api.commands.idempotency import RequestKey
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.question_form import MonitoringQuestions
from api.pages.desk.questions import Answers, Perhaps, TextQuestion
from api.pages.desk.term_day import TermDayQuestion
from api.pages.desk.term_questions import ChoiceQuestion
from api.pages.forms.form import Line
from api.views.items import ReportedView, items_seen
from locales.catalogue import text
from locales.dates import say_date
from locales.terms import term
from models.agenda.deadline import DeadlineSubject, deadline_id
from models.commands import JudgeImplementation
from models.monitoring.follow_up import OPEN_STANDINGS, standing_of
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Id, Verdict

VERDICT, REASON = ChoiceQuestion("verdict", Verdict), TextQuestion("reason")
DUE_ON = Perhaps(TermDayQuestion("due_on"))


class JudgeForm(MonitoringQuestions):
    """Its addressee is told; «implemented» rests on a report."""

    command = JudgeImplementation
    path, key = "items/{about}/judgement", "judge"
    questions = (VERDICT, REASON, DUE_ON)
    closing = frozenset({"monitoring_ended", "item_not_followed"})
    fields_of_refusals = {
        "implementation_not_reported": "verdict",
        "implemented_needs_no_date": "due_on",
        "new_date_passed": "due_on",
    }

    def things(self, state: MonitoringState) -> Iterable[Id]:
        return state.items

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        return (known for known, item in state.items.items() if standing_of(state, item) in OPEN_STANDINGS)

    def any_answer(self, sitting: MonitoringSitting) -> Answers:
        given = {VERDICT.name: Verdict.NOT_IMPLEMENTED, REASON.name: REASON.any(sitting.today)}
        return Answers(given={**given, DUE_ON.name: None})

    async def about_lines(self, sitting: MonitoringSitting) -> tuple[Line, ...]:
        """The item, what its addressee reported of it, and the last judgement."""
        seen = await items_seen(sitting.session, sitting.access, sitting.today)
        item = next(each for each in seen if each.id == sitting.about)
        language = sitting.language
        name = text(language, f"page.reply.item.{item.kind.value}", position=item.position)
        lines = [Line(label=name, value=item.text.best(language)), _reported(sitting, item.reported)]
        if item.judged is not None:
            verdict = f"{term(language, item.judged.verdict)}. {item.judged.reason}"
            lines.append(Line(label=text(language, "page.desk.judge.before"), value=verdict))
        return tuple(lines)

    async def outcome(self, said: Answers, sitting: MonitoringSitting) -> tuple[Line, ...]:
        """A new day is told beside the one before; one that is earlier in so many words."""
        lines = await super().outcome(said, sitting)
        before = sitting.state.deadlines.get(deadline_id(DeadlineSubject.IMPLEMENTATION, sitting.about))
        anew = said[DUE_ON]
        if before is None or anew is None or anew >= before.due_on:
            return lines
        language, was = sitting.language, say_date(sitting.language, before.due_on)
        label = text(language, "page.desk.judge.earlier")
        return (*lines, Line(label=label, value=text(language, "page.desk.judge.earlier_than", date=was)))

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> JudgeImplementation:
        return JudgeImplementation(
            **sitting.by(key),
            item=sitting.about,
            verdict=said[VERDICT],
            reason=said[REASON].sha256,
            due_on=said[DUE_ON],
        )


def _reported(sitting: MonitoringSitting, said: ReportedView | None) -> Line:
    language = sitting.language
    if said is None:
        label = text(language, "page.desk.judge.reported")
        return Line(label=label, value=text(language, "page.desk.judge.not_reported"))
    claim = term(language, said.claim)
    done = f" ({say_date(language, said.done_on)})" if said.done_on else ""
    files = ", ".join(each.filename for each in said.evidence)
    words = "\n".join(filter(None, (f"{claim}{done}", said.text, said.on_the_whole, files)))
    return Line(
        label=text(language, "page.desk.judge.reported_on", date=say_date(language, said.on)), value=words
    )
