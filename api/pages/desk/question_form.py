"""Forms whose questions are data: one template asks them, one way reads them and says them in words."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Final

from api.commands.idempotency import RequestKey
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.desk_form import DeskForm, MonitoringForm, S, StaffForm
from api.pages.desk.foreseeing import foreseen_lines
from api.pages.desk.questions import Answers, AnyQuestion, Asking
from api.pages.forms.form import Line, Order, Reading, View
from api.pages.forms.typed import Reader, Typed
from api.register.choices import Choice
from locales.catalogue import has_text, text
from models.commands.command import Command
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language
from models.vocabulary.refusal import Refused

NOT_SENT: Final = RequestKey(key="not-sent", id="not-sent", sha256="0" * 64)
"""Of a command that is only looked at."""


class Asked(Model):
    """A question as the template asks it."""

    kind: str
    name: str
    label: str
    hint: str
    options: tuple[Choice, ...] = ()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple((each.value, each.name) for each in self.options)


@dataclass(frozen=True)
class QuestionsView(View):
    """What the form is about, and what it asks."""

    about: tuple[Line, ...]
    asked: tuple[Asked, ...]


class Questionnaire(StaffForm[Answers, S]):
    """A form is its address and its questions.

    What stands in it at first: `begin`, by `stands(question, value)`.
    """

    template = "desk/questions.html"
    questions: ClassVar[tuple[AnyQuestion, ...]] = ()
    says_hidden: ClassVar[bool] = False  # what it was opened over, where it is checked

    def asked_at(self, sitting: S) -> tuple[AnyQuestion, ...]:
        """Those that are shown as things stand; all are read: at a second press things stand otherwise."""
        return self.questions

    async def about_lines(self, sitting: S) -> tuple[Line, ...]:
        """What it is about, in words: above the questions, and first of what is checked."""
        return ()

    async def outcome(self, said: Answers, sitting: S) -> tuple[Line, ...]:
        """What will come of it, last of what is checked."""
        return ()

    def label(self, language: Language, question: AnyQuestion) -> str:
        return text(language, f"page.desk.{self.key}.{question.name}")

    def at_field(self, language: Language, field: str, sentence: str) -> str:
        asked = next((each for each in self.questions if each.name == field), None)
        if asked is None or asked.kind == "hidden":
            return sentence
        return text(language, "page.fault.at_field", field=self.label(language, asked), sentence=sentence)

    def hint(self, language: Language, question: AnyQuestion) -> str:
        key = f"page.desk.{self.key}.{question.name}_hint"
        if has_text(language, key):
            return text(language, key)
        return text(language, "page.field.date_hint") if question.kind == "day" else ""

    async def read(self, typed: Typed, sitting: S) -> Reading[Answers]:
        reader = Reader(typed)
        given: dict[str, object] = {}
        for question in self.questions:
            label = self.label(sitting.language, question)
            given[question.name] = await question.read(Asking(reader, typed, sitting, label))
        if reader.faults:
            return Reading(None, tuple(reader.faults))
        return Reading(Answers(given=given))

    async def lines(self, answer: Answers, sitting: S) -> tuple[Line, ...]:
        said = [
            await question.said(answer.given[question.name], self.label(sitting.language, question), sitting)
            for question in self.asked_at(sitting)
            if question.kind != "hidden" or self.says_hidden
        ]
        return (*await self.about_lines(sitting), *said, *await self.outcome(answer, sitting))

    async def view(self, typed: Typed, sitting: S) -> View:
        return QuestionsView(about=await self.about_lines(sitting), asked=await self.shown(typed, sitting))

    async def shown(self, typed: Typed, sitting: S) -> tuple[Asked, ...]:
        """Its questions, with what can be chosen from."""
        return tuple(
            [
                Asked(
                    kind=question.kind,
                    name=question.name,
                    label=self.label(sitting.language, question),
                    hint=self.hint(sitting.language, question),
                    options=await question.options(sitting, typed),
                )
                for question in self.asked_at(sitting)
            ]
        )


class QuestionForm(Questionnaire[S], DeskForm[Answers, S]):
    """A questionnaire whose answers fill a command."""

    @abstractmethod
    async def filled(self, said: Answers, sitting: S, key: RequestKey) -> Command:
        """The command, by what was answered: `Command(**sitting.by(key), until=said[UNTIL])`."""

    def any_answer(self, sitting: S) -> Answers | None:
        """The rules are asked as the form is opened; None where they mind what will be answered, too."""
        today = sitting.today
        return Answers(given={each.name: each.any(today) for each in self.questions})

    async def order(self, answer: Answers, sitting: S, key: RequestKey) -> Order:
        return Order(await self.filled(answer, sitting, key), answer.notes())


class MonitoringQuestions(QuestionForm[MonitoringSitting], MonitoringForm[Answers]):
    """A form for a command of a monitoring: before it is sent it is told which letters will leave."""

    async def outcome(self, said: Answers, sitting: MonitoringSitting) -> tuple[Line, ...]:
        order = await self.order(said, sitting, NOT_SENT)
        try:
            return await foreseen_lines(sitting, order.command)
        except Refused:
            return ()  # said where it is sent


def stands(*values: tuple[AnyQuestion, object]) -> Typed:
    """What stands in a form at first, by its questions."""
    return Typed(fields={question.name: question.begun(value) for question, value in values})
