"""The administrator's forms: what they write is the registry's, done by the very functions of the API.

They are no commands of a proceeding. What would be refused is said before it is sent: the change is made and
taken back.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar, NoReturn, Self, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, ValidationError
from sqlmodel import SQLModel

from api.commands.idempotency import RequestKey
from api.http.refused_names import names_said
from api.pages.desk.coming import Comes, Coming, Sends
from api.pages.desk.question_form import Questionnaire
from api.pages.desk.questions import Answers, AnyQuestion
from api.pages.desk.sitting import Held, Sitting
from api.pages.forms.bench import KnownForm
from api.pages.forms.typed import Typed
from api.pages.site.stopping import StopKind, Stopped
from api.pages.staff.just_done import done_now
from api.problems.fields import field_fault
from api.problems.problem import Failed, ProblemCode
from locales.catalogue import has_text, text
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.procedure import Id, Language
from models.vocabulary.refusal import Refusal

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R", bound=SQLModel)
REGISTRIES = "/staff/registries"


@dataclass(frozen=True, kw_only=True)
class RegistrySitting(Sitting):
    """An administrator before the registries: no proceeding is asked, none is told."""

    back_words: ClassVar = "page.registries.back"

    back_to: str  # the page that leads to the form

    @property
    def to(self) -> NoReturn:
        raise AssertionError("a registry is no proceeding: its forms ask and write by themselves")

    @property
    def holder(self) -> Id:
        return self.caller.account

    @property
    def back(self) -> str:
        return f"{self.back_to}?lang={self.language.value}"

    def confirmation(self, form: KnownForm, about: str, key: RequestKey) -> str:
        """The list it leads back to says what was done."""
        return f"{self.back}&{urlencode(done_now(form.key, self.now))}"

    def around(self, form: KnownForm) -> dict[str, object]:
        key = f"page.registries.{form.key}"
        return {**super().around(form), "key": key, "check_key": "page.registries.form"}

    async def again(self) -> Self:
        return self

    async def named(self, refusals: tuple[Refusal, ...]) -> Mapping[str, str]:
        return await names_said(self.session, self.today, refusals, self.language)


class RegistryForm(Questionnaire[RegistrySitting]):
    """Its address, its questions, and what is written of the answers."""

    template = "registries/form.html"
    under = REGISTRIES
    confirms = False

    back_to: ClassVar[str] = ""  # the page that leads here, below `under`; may name `{about}`

    @property
    def actions(self) -> tuple[Action, ...]:
        return (Action.WRITE_REGISTRIES,)

    def label(self, language: Language, question: AnyQuestion) -> str:
        return text(language, f"page.registries.field.{question.name}")

    def hint(self, language: Language, question: AnyQuestion) -> str:
        key = f"page.registries.field.{question.name}_hint"
        if has_text(language, key):
            return text(language, key)
        return text(language, "page.field.date_hint") if question.kind == "day" else ""

    @abstractmethod
    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        """Write it, once for a key. Raises Refused or Failed."""

    def field_at(self, pointer: str) -> str:
        """Questions are called as the fields of what is sent."""
        last = pointer.rpartition("/")[2]
        return last if last in {question.name for question in self.questions} else ""

    async def ask(self, answer: Answers, bench: RegistrySitting, key: RequestKey) -> None:
        async with bench.session.begin_nested() as tried:
            await self.written(answer, bench, key)
            await tried.rollback()

    async def happen(self, answer: Answers, bench: RegistrySitting, key: RequestKey) -> str:
        await self.written(answer, bench, key)
        return bench.about

    def asked(self, bench: RegistrySitting) -> str:
        return self.key


async def row_about(sitting: RegistrySitting, rows: type[R]) -> R:
    """The row of a registry that a page is about. Raises Stopped (404)."""
    row = await sitting.session.get(rows, sitting.about)
    if row is None:
        raise Stopped(StopKind.NOT_FOUND)
    return row


def sent_as(model: type[M], values: Mapping[str, object], cleared: frozenset[str] = frozenset()) -> M:
    """What the API would take; an empty field is not sent, unless it may be `cleared`. Raises Failed (422)
    with every field that it would not take."""
    sent = {name: value for name, value in values.items() if value is not None or name in cleared}
    try:
        return model.model_validate(sent)
    except ValidationError as error:
        faults = tuple(
            field_fault({**each, "loc": ("body", *each["loc"])})
            for each in error.errors(include_input=False, include_url=False)
        )
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        raise Failed(status, ProblemCode.INVALID, faults=faults) from None


def standing(form: RegistryForm, row: Any) -> Typed:
    """The form with what is on record of a row."""
    fields = {
        question.name: (value,) if isinstance(value, str) else question.begun(value)
        for question in form.questions
        if (value := getattr(row, question.name, None)) not in (None, "")
    }
    return Typed(fields=fields)


class RegistryPolicy:
    """For pages of the registries: whoever may do the same by the API."""

    def __init__(self, action: Action = Action.WRITE_REGISTRIES, back_to: str = REGISTRIES) -> None:
        self.actions, self.back_to = (action,), back_to

    async def __call__(self, coming: Comes) -> RegistrySitting:
        """Raises Elsewhere (to sign in), Stopped (403)."""
        return await self._seated(coming)

    async def _seated(self, coming: Coming) -> RegistrySitting:
        if not may(coming.caller.role, self.actions[0], Relation.NONE):
            raise Stopped(StopKind.ADMINISTRATORS)
        about = str(coming.request.path_params.get("about", ""))
        return RegistrySitting(back_to=self.back_to.replace("{about}", about), **await coming.place())


class SentRegistryPolicy(RegistryPolicy):
    """For a form that is sent."""

    async def __call__(self, coming: Sends) -> RegistrySitting | Held:  # type: ignore[override]
        """Raises Failed (403)."""
        return await self._seated(coming) if isinstance(coming, Coming) else coming
