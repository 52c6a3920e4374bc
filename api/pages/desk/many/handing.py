"""Several monitorings are handed over to one colleague: row by row, each by its own command."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar

from api.commands.addressed import monitoring
from api.commands.desk import CommandDesk
from api.commands.filling import to_reassign_monitoring
from api.commands.idempotency import RequestKey
from api.http.problems import sentence
from api.pages.desk.colleagues import colleagues
from api.pages.desk.many.chosen import CHOSEN, MOST, Chosen, chosen_by, numbers_in
from api.pages.desk.many.sitting import ManySitting, key_of_row
from api.pages.desk.question_form import NOT_SENT, Asked, Questionnaire
from api.pages.desk.questions import Answers, AnyQuestion, Asking, PickQuestion, Question, TextQuestion, Words
from api.pages.desk.sitting import Sitting
from api.pages.forms.form import Line, View
from api.pages.forms.typed import Typed
from api.problems.problem import Failed, ProblemCode
from api.register.choices import Choice
from locales.catalogue import plural, text
from models.commands.command import command_id
from models.monitoring.rules.handing import COORDINATES, nobody_to_hand_to, none_handed_over
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language, Number
from models.vocabulary.refusal import Refusal, Refused

_OF_ONE = "page.desk.reassign_monitoring"


class ChosenQuestion(Question[tuple[Number, ...]]):
    """What was ticked; it is ticked in the list and travels along."""

    kind = "chosen"

    async def read(self, asking: Asking) -> tuple[Number, ...] | None:
        numbers = numbers_in(asking.typed.all(self.name))
        if not numbers:
            asking.reader.fault("", "desk_many_none")
        elif len(numbers) > MOST:
            asking.reader.fault("", "desk_many_too_many", most=MOST, count=len(numbers))
        return numbers

    def any(self, today: object) -> tuple[Number, ...]:
        return ()

    async def said(self, value: tuple[Number, ...], label: str, sitting: Sitting) -> Line:
        return self.in_words(label, ", ".join(value))


async def _colleagues(sitting: Sitting) -> tuple[Choice, ...]:
    """Whoever may coordinate what the writer's own body leads."""
    own = sitting.caller.organisation
    return await colleagues(sitting.session, sitting.language, own, COORDINATES)


NUMBERS: ChosenQuestion = ChosenQuestion(CHOSEN)
TO, REASON = PickQuestion("to", _colleagues), TextQuestion("reason")


class Weighed(Model):
    """One row beforehand: what will be done with it, or why it would be refused."""

    number: Number
    title: str
    said: str
    refusals: tuple[Refusal, ...] = ()

    @property
    def possible(self) -> bool:
        return not self.refusals


@dataclass(frozen=True)
class ManyView(View):
    rows: tuple[Weighed, ...]
    asked: tuple[Asked, ...]

    @property
    def any_possible(self) -> bool:
        return any(row.possible for row in self.rows)


class ReassignManyForm(Questionnaire[ManySitting]):
    """One refused row does not keep the others."""

    under = "/staff/monitorings"
    path, key = "reassigning", "reassign_many"
    template = "desk/reassign_many.html"
    confirms: ClassVar = False
    questions = (NUMBERS, TO, REASON)

    @property
    def actions(self) -> tuple[Action, ...]:
        return (Action.REASSIGN_MONITORING,)

    def asked(self, bench: ManySitting) -> str:
        return self.key

    def asked_at(self, sitting: ManySitting) -> tuple[AnyQuestion, ...]:
        return (TO, REASON)

    def label(self, language: Language, question: AnyQuestion) -> str:
        return text(language, f"{_OF_ONE}.{question.name}") if question is not NUMBERS else ""

    def hint(self, language: Language, question: AnyQuestion) -> str:
        return text(language, f"{_OF_ONE}.{question.name}_hint")

    async def begin(self, sitting: ManySitting) -> Typed:
        return Typed(fields={NUMBERS.name: sitting.asked_for})

    async def view(self, typed: Typed, sitting: ManySitting) -> View:
        numbers = numbers_in(typed.all(NUMBERS.name))[:MOST]
        rows = tuple(await weighed(sitting, numbers))
        return ManyView(rows=rows, asked=await self.shown(typed, sitting))

    async def lines(self, answer: Answers, sitting: ManySitting) -> tuple[Line, ...]:
        rows = await weighed(sitting, answer[NUMBERS], answer[TO], answer[REASON])
        told = [Line(label=f"№ {row.number} · {row.title}", value=row.said) for row in rows]
        return (*told, *await super().lines(answer, sitting))

    async def doubts(self, answer: Answers, sitting: ManySitting) -> tuple[str, ...]:
        rows = await weighed(sitting, answer[NUMBERS], answer[TO], answer[REASON])
        kept = len([row for row in rows if not row.possible])
        return (plural(sitting.language, "page.desk.many.refused", kept, of=len(rows)),) if kept else ()

    async def ask(self, answer: Answers, bench: ManySitting, key: RequestKey) -> None:
        """Each row says for itself what would become of it. Raises Refused where all would be refused."""
        rows = await weighed(bench, answer[NUMBERS], answer[TO], answer[REASON])
        if rows and not any(row.possible for row in rows):
            reasons = {refusal.code: refusal for row in rows for refusal in row.refusals}
            raise Refused(none_handed_over(), *reasons.values())

    async def happen(self, answer: Answers, bench: ManySitting, key: RequestKey) -> str:
        """Row by row; whatever is refused is on record with why. Raises Failed where an outcome is not known
        (503): what was done is done, and the same press again goes on."""
        numbers = answer[NUMBERS]
        known = await chosen_by(bench.session, bench.caller, numbers, bench.language)
        for number in numbers:
            if number in known:
                await _handed_over(answer, bench, key, known[number])
        return ",".join(numbers)


async def _handed_over(answer: Answers, bench: ManySitting, key: RequestKey, row: Chosen) -> None:
    of_row = key_of_row(key.key, row.state.number)
    own = RequestKey(key=of_row, id=command_id(bench.caller.account, of_row), sha256=key.sha256)
    command = await to_reassign_monitoring(bench.session, bench.by(own), answer[TO], answer[REASON].sha256)
    desk = CommandDesk(bench.services, bench.session, own, bench.now)
    try:
        await desk.send(monitoring(row.state), command, notes=answer.notes())
    except Failed as failed:
        await bench.session.rollback()
        reused = failed.refusals[0].code == ProblemCode.KEY_REUSED
        if reused or failed.status is HTTPStatus.SERVICE_UNAVAILABLE:
            raise


async def weighed(
    sitting: ManySitting, numbers: tuple[Number, ...], to: Id = "", reason: Words | None = None
) -> list[Weighed]:
    """The rules are asked of each row; as long as nobody is named, whether it is the writer's to give."""
    known = await chosen_by(sitting.session, sitting.caller, numbers, sitting.language)
    names = {each.value: each.name for each in await _colleagues(sitting)}
    rows = []
    for number in numbers:
        row = known.get(number)
        refusals = await _refusals(sitting, number, row, to, reason)
        if row is not None and not to and not refusals and names.keys() <= _out_of_question(row):
            refusals = (nobody_to_hand_to(),)
        named = await sitting.named(refusals)
        said = [sentence(sitting.language, each, named) for each in refusals]
        if row is not None and not said:
            said = [_said(sitting.language, row, to, names)]
        rows.append(
            Weighed(number=number, title=row.title if row else "", said=" ".join(said), refusals=refusals)
        )
    return rows


def _out_of_question(row: Chosen) -> frozenset[Id | None]:
    return frozenset({row.state.coordinator, *row.state.stepped_aside})


def _said(language: Language, row: Chosen, to: Id, names: Mapping[Id, str]) -> str:
    """What will be done; as long as nobody is named, to whom it cannot be given."""
    if to:
        return text(language, "page.desk.many.will_be", name=names.get(to, ""))
    aside = [names[each] for each in row.state.stepped_aside if each in names]
    return text(language, "page.desk.many.but_not", names="; ".join(aside)) if aside else ""


async def _refusals(
    sitting: ManySitting, number: Number, row: Chosen | None, to: Id, reason: Words | None
) -> tuple[Refusal, ...]:
    if row is None:
        return (Refusal(code=ProblemCode.MONITORING_UNKNOWN, params={"number": number}),)
    if not to or reason is None:
        return tuple(_not_theirs(row))
    by = sitting.by(NOT_SENT)
    command = await to_reassign_monitoring(sitting.session, by, to, reason.sha256)
    try:
        monitoring(row.state).ask(command, sitting.now)
    except Refused as refused:
        return refused.refusals
    return ()


def _not_theirs(row: Chosen) -> Iterator[Refusal]:
    if row.state.ended:
        yield Refusal(code="monitoring_ended")
    elif Action.REASSIGN_MONITORING not in row.may:
        yield Refusal(code="not_the_coordinator")


REASSIGN_MANY = ReassignManyForm()
