"""«Accept all the rest»: every item of which nothing was typed is accepted, by one day and with one wording.

It is shown before it is done, and written into the draft alone: what was typed of other items stays.
"""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Final, Self

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.pages.forms.machine import Button
from api.pages.forms.typed import Fault, Reader, Typed, fields_of, typed_in
from api.pages.links.due import term_day_said
from api.pages.links.long_reply.form import LongReplyForm
from api.pages.links.long_reply.part_page import refused_days
from api.pages.links.long_reply.parts import part_of
from api.pages.links.long_reply.tasks import Task, not_begun, tasks_of
from api.pages.links.opened import OpenedLink
from api.pages.links.questions import Question, questions_sent
from api.pages.links.words import label
from api.pages.site.rendering import page
from models.vocabulary.procedure import Response as Decision

_ITEM: Final = "item"


@dataclass(frozen=True)
class Accepting:
    """One request at it: the items asked of this body, and the draft as it stands."""

    matter: OpenedLink
    form: LongReplyForm
    questions: tuple[Question, ...]
    draft: Typed

    @classmethod
    async def of(cls, matter: OpenedLink, form: LongReplyForm) -> Self:
        questions = form.asked_of(await questions_sent(matter), matter)
        opened = await matter.opened(form, await form.begin(matter))
        return cls(matter, form, questions, opened.typed)

    @property
    def rest(self) -> tuple[Question, ...]:
        return not_begun(self.questions, self.draft)

    async def show(self) -> Response:
        return self._page(Typed())

    async def take(self, request: Request) -> Response:
        matter, typed = self.matter, typed_in(await fields_of(request))
        button = typed.one("action")
        if button not in {Button.CHECK, Button.SEND}:
            return self._page(typed)
        chosen = tuple(each for each in self.rest if button == Button.CHECK or each.id in typed.all(_ITEM))
        reader = Reader(typed)
        text, planned = reader.text("text"), reader.day("planned")
        faults = (*reader.faults, *await self._refused_day(chosen, planned))
        if faults:
            return self._page(typed, faults)
        if button == Button.CHECK:
            return self._check(typed, text, planned)
        if chosen:
            await self._accept(chosen, text, planned)
        return RedirectResponse(matter.address(saved="1"), HTTPStatus.SEE_OTHER)

    async def _refused_day(self, chosen: tuple[Question, ...], planned: date | None) -> tuple[Fault, ...]:
        """One day for all is refused once."""
        day = _accepted(chosen[:1], "", planned)
        found = await refused_days(self.matter, day, chosen[:1])
        return tuple(fault.model_copy(update={"field": "planned"}) for fault in found)

    async def _accept(self, chosen: tuple[Question, ...], text: str, planned: date | None) -> None:
        """Of an item that somebody began in the meantime both versions are kept."""
        drafts = self.matter.drafts(self.form, self.draft)
        for question in chosen:
            part, typed = part_of(question.id), _accepted((question,), text, planned)
            await drafts.keep_part(part, typed, await self.form.begin(self.matter))
        await self.matter.session.commit()

    # ——— pages ———
    def _page(self, typed: Typed, faults: tuple[Fault, ...] = ()) -> Response:
        wrong = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        return self._shown("r/rest.html", typed, wrong, faults)

    def _check(self, typed: Typed, text: str, planned: date | None) -> Response:
        matter = self.matter
        day = term_day_said(matter.language, matter.state.calendar, planned) if planned else ""
        return self._shown("r/rest_check.html", typed, HTTPStatus.OK, (), text=text, day=day)

    def _shown(
        self, template: str, typed: Typed, status: HTTPStatus, faults: tuple[Fault, ...], **more: object
    ) -> Response:
        matter = self.matter
        tasks = tasks_of(matter, self.questions, self.draft)
        waiting = {each.id for each in self.rest}
        context: dict[str, object] = {
            **matter.around(self.form),
            "here": matter.address("rest").partition("?")[0],
            "title": label(matter, "long_reply.rest_title"),
            "typed": typed,
            "others": (),
            "rest": tuple(task for task in tasks if task.part.name in waiting),
            "stay": _staying(tasks, waiting),
            "faults": faults,
            "fault_at": {fault.field: fault for fault in reversed(faults)},
            **more,
        }
        return page(template, matter.language, status, None, **context)


def _staying(tasks: tuple[Task, ...], waiting: set[str]) -> tuple[Task, ...]:
    """Items of which something was typed: they stay as they are."""
    return tuple(task for task in tasks if task.part.name and task.part.name not in waiting)


def _accepted(questions: tuple[Question, ...], text: str, planned: date | None) -> Typed:
    fields: dict[str, tuple[str, ...]] = {}
    for question in questions:
        fields |= {
            f"response-{question.id}": (Decision.ACCEPTED.value,),
            f"reason-{question.id}": (text,),
            f"planned-{question.id}": (planned.isoformat(),) if planned else (),
        }
    return Typed(fields=fields)
