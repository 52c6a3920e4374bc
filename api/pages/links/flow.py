"""The way of every form: type, check your answers, send, confirmation. Nothing counts before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Generic, TypeVar

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.pages.forms.drafts import drop_draft, keep_draft
from api.pages.forms.form import AnswerOnRecord, LetterForm
from api.pages.forms.typed import Fault, Typed, typed_in
from api.pages.forms.uploads import keep_uploads
from api.pages.links.due import due_of
from api.pages.links.opened import Matter, reopened
from api.pages.links.sending import Ending, Sent, as_faults, refusals_ahead, send
from api.pages.site.rendering import page
from locales.catalogue import text
from models.commands.command import Command
from models.vocabulary.base import Model

A = TypeVar("A", bound=Model)
_FILES, _FIELDS = 30, 2_000
_FIELD_BYTES = 256 * 1024


class Button(StrEnum):
    """The buttons of a form, by the value they send."""

    SAVE = "save"
    CHECK = "check"
    SEND = "send"


@dataclass(frozen=True)
class Flow(Generic[A]):
    """One form behind one link, during one request."""

    form: LetterForm[A]
    matter: Matter

    # ——— pages ———
    async def form_page(
        self,
        typed: Typed,
        faults: tuple[Fault, ...] = (),
        status: HTTPStatus = HTTPStatus.OK,
        *,
        saved: bool = False,
    ) -> Response:
        """The form with what was typed so far, and what is wrong with it."""
        return self._page(
            self.form.template,
            status,
            typed=typed,
            view=await self.form.view(typed, self.matter),
            faults=faults,
            fault_at={fault.field: fault for fault in reversed(faults)},
            due=due_of(self.matter),
            saved=saved,
        )

    async def check_page(self, typed: Typed, answer: A) -> Response:
        """Everything once more in words; the fields travel along hidden."""
        return self._page(
            "r/check.html",
            lines=await self.form.lines(answer, self.matter),
            typed=typed,
        )

    async def answered_page(
        self, recorded: AnswerOnRecord[A], *, fresh: bool = False, others: bool = False
    ) -> Response:
        """What was answered, when, by whom; `fresh` just after sending, `others` if a colleague was first."""
        return self._page(
            "r/answered.html",
            HTTPStatus.CONFLICT if others else HTTPStatus.OK,
            lines=await self.form.lines(recorded.answer, self.matter),
            line=recorded.line,
            by_conductor=recorded.line.actor.get("letter") is None,
            fresh=fresh,
            others=others,
        )

    # ——— what a pressed button does ———
    async def take(self, request: Request) -> Response:
        """Read the form, keep what was typed and the files, and do what the button says."""
        form = await request.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=_FIELD_BYTES)
        typed, file_faults = await keep_uploads(self.matter, form, typed_in(form))
        await keep_draft(self.matter, self.form.name, typed)
        button = typed.one("action")
        if button == Button.SAVE and not file_faults:
            return RedirectResponse(self._here(saved="1"), HTTPStatus.SEE_OTHER)
        if button == Button.SAVE:
            return await self.form_page(typed, file_faults, HTTPStatus.UNPROCESSABLE_ENTITY)
        reading = await self.form.read(typed, self.matter)
        if reading.answer is None or file_faults:
            faults = (*file_faults, *reading.faults)
            return await self.form_page(typed, faults, HTTPStatus.UNPROCESSABLE_ENTITY)
        if button == Button.SEND:
            return await self._send(typed, reading.answer)
        refusals = refusals_ahead(self.matter, self._command(reading.answer))
        if refusals:
            faults = as_faults(self.form, refusals, self.matter)
            return await self.form_page(typed, faults, HTTPStatus.UNPROCESSABLE_ENTITY)
        return await self.check_page(typed, reading.answer)

    async def _send(self, typed: Typed, answer: A) -> Response:
        sent = await send(self.form, answer, self.matter)
        now = await reopened(self.matter)
        after = Flow(self.form, now)
        recorded = await self.form.recorded(now)
        if recorded is not None:
            await drop_draft(now, self.form.name)
            if recorded.answer == answer:
                return RedirectResponse(after._here("done"), HTTPStatus.SEE_OTHER)
            return await after.answered_page(recorded, others=True)
        if sent.ending is Ending.REFUSED:
            faults = as_faults(self.form, sent.refusals, now)
            return await after.form_page(typed, faults, HTTPStatus.CONFLICT)
        return self._unrecorded_page(typed, sent)

    def _unrecorded_page(self, typed: Typed, sent: Sent) -> Response:
        """Nothing is lost: the same fields can be sent again, now or after a repair, and it happens once."""
        template = "r/under_repair.html" if sent.ending is Ending.UNDER_REPAIR else "r/unrecorded.html"
        retry = {"Retry-After": str(sent.retry_after)}
        return self._page(template, HTTPStatus.SERVICE_UNAVAILABLE, retry, typed=typed)

    def _command(self, answer: A) -> Command:
        return self.form.order(answer, self.matter, "unsent").command

    def _here(self, *parts: str, **query: str) -> str:
        side = () if self.form.name == "answer" else ("form", self.form.name.value)
        return self.matter.address(*side, *parts, **query)

    def _page(
        self,
        template: str,
        status: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
        **context: object,
    ) -> Response:
        """A page with what every page behind a link shows."""
        matter = self.matter
        return page(
            template,
            matter.language,
            status,
            headers,
            matter=matter,
            key=f"page.{self.form.key}",
            here=self._here().partition("?")[0],
            main_page=matter.address(),
            title=text(matter.language, f"page.{self.form.key}.title"),
            **context,
        )
