"""How far an accepted item was carried out: the conductor's judgement, or a new day. Beyond the Rules."""

from dataclasses import dataclass
from datetime import date

from api.commands.idempotency import RequestKey
from api.content.notes import noted
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.desk_form import MonitoringForm
from api.pages.forms.form import Line, Order, Reading, View
from api.pages.forms.typed import Reader, Typed
from api.pages.site.stopping import StopKind, Stopped
from api.views.items import ItemView, items_seen
from locales.catalogue import text
from locales.dates import say_day
from locales.terms import term
from models.commands import JudgeImplementation
from models.vocabulary.base import Model
from models.vocabulary.procedure import Verdict
from models.vocabulary.texts import LongText


class Judgement(Model):
    """The verdict, its reason, and the day (local) until which the item stays open."""

    verdict: Verdict
    reason: LongText
    due_on: date | None


@dataclass(frozen=True)
class JudgementView(View):
    """The item with what its addressee said of it."""

    item: ItemView
    text: str


class JudgeForm(MonitoringForm[Judgement]):
    """Its addressee is told; «implemented» rests on a report."""

    command = JudgeImplementation
    path, template, key = "items/{about}/judgement", "desk/judge.html", "judge"
    closing = frozenset({"monitoring_ended", "item_not_followed"})
    fields_of_refusals = {
        "implementation_not_reported": "verdict",
        "implemented_needs_no_date": "due_on",
        "date_not_later": "due_on",
    }

    async def leads(self, bench: MonitoringSitting) -> None:
        if bench.about not in bench.state.items:
            raise Stopped(StopKind.NOT_FOUND)

    def any_answer(self, bench: MonitoringSitting) -> Judgement:
        return Judgement(verdict=Verdict.NOT_IMPLEMENTED, reason="–", due_on=None)

    async def view(self, typed: Typed, bench: MonitoringSitting) -> View:
        seen = await items_seen(bench.session, bench.access, bench.today)
        item = next(each for each in seen if each.id == bench.about)
        return JudgementView(item, item.text.best(bench.language))

    async def read(self, typed: Typed, bench: MonitoringSitting) -> Reading[Judgement]:
        reader = Reader(typed)
        verdict = reader.choice("verdict", Verdict, "desk_judge_verdict_missing")
        reason = reader.text("reason", "desk_judge_reason_missing")
        due_on = reader.day("due_on")
        if reader.faults or verdict is None:
            return Reading(None, tuple(reader.faults))
        return Reading(Judgement(verdict=verdict, reason=reason, due_on=due_on))

    async def lines(self, answer: Judgement, bench: MonitoringSitting) -> tuple[Line, ...]:
        def label(field: str) -> str:
            return text(bench.language, f"page.desk.judge.{field}")

        due = say_day(bench.language, answer.due_on) if answer.due_on else ""
        lines = (
            Line(label=label("verdict"), value=term(bench.language, answer.verdict), field="verdict"),
            Line(label=label("reason"), value=answer.reason, field="reason"),
            Line(label=label("due_on"), value=due, field="due_on"),
        )
        return tuple(line for line in lines if line.value)

    async def order(self, answer: Judgement, bench: MonitoringSitting, key: RequestKey) -> Order:
        reason = noted(answer.reason)
        command = JudgeImplementation(
            **bench.by(key),
            item=bench.about,
            verdict=answer.verdict,
            reason=reason.sha256,
            due_on=answer.due_on,
        )
        return Order(command, (reason,))
