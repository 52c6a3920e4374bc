"""The way of every form of the desk: fill in, check, send. Nothing counts before, nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Final, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from api.commands.repair import RETRY_SECONDS
from api.http.problems import sentence
from api.pages.desk.form import UNKNOWN, DeskForm
from api.pages.desk.keys import key_of, keyed
from api.pages.desk.sitting import INBOX, Sitting
from api.pages.forms.typed import Fault, Typed, typed_in
from api.pages.site.rendering import page
from api.pages.site.routing import readers_language
from api.problems.problem import Failed, ProblemCode
from models.vocabulary.procedure import Language
from models.vocabulary.refusal import Refusal, Refused

A = TypeVar("A", bound=BaseModel)
_FILES, _FIELDS = 5, 2_000
_FIELD_BYTES: Final = 256 * 1024
_RETRY_SECONDS: Final = 30
_MENDABLE: Final = frozenset({HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY})


class Button(StrEnum):
    """The buttons of a form, by the value they send. Rows are added by `add-<rows>`."""

    CHECK = "check"
    CHANGE = "change"
    SEND = "send"


async def take(request: Request, form: DeskForm[A], sitting: Sitting | None) -> Response:
    """Read a form that was sent, and do what its button says."""
    sent = await request.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=_FIELD_BYTES)
    typed = keyed(typed_in(sent))
    if sitting is None:
        return _signed_out(request, form, typed)
    typed, faults = await form.keep(sent, typed, sitting)
    flow = Flow(form, sitting)
    button = typed.one("action")
    if button not in {Button.CHECK, Button.SEND}:
        return await flow.form_page(typed, faults)
    answer = await form.read(typed, sitting)
    refused = {fault.field for fault in faults}  # a file that was not taken is not also a missing one
    faults = (*faults, *(fault for fault in answer.faults if fault.field not in refused))
    if answer.given is None or faults:
        return await flow.form_page(typed, faults, HTTPStatus.UNPROCESSABLE_ENTITY)
    if button == Button.SEND:
        return await flow.send(typed, answer.given)
    return await flow.check(typed, answer.given)


def _signed_out(request: Request, form: DeskForm[A], typed: Typed) -> Response:
    """The hours of a sign-in are over: the fields wait on this page until it is renewed in another one."""
    return page(
        "desk/signed_out.html",
        readers_language(request),
        HTTPStatus.UNAUTHORIZED,
        here=form.here,
        typed=typed,
    )


@dataclass(frozen=True)
class Flow(Generic[A]):
    """One form during one request."""

    form: DeskForm[A]
    sitting: Sitting

    async def show(self) -> Response:
        """The form at first; where it is too late for it, why."""
        try:
            await self.form.open(self.sitting)
        except Refused as refused:
            return self._closed(refused.refusals)
        return await self.form_page(keyed(await self.form.begin(self.sitting)))

    async def form_page(
        self, typed: Typed, faults: tuple[Fault, ...] = (), status: HTTPStatus = HTTPStatus.OK
    ) -> Response:
        """The form with what was typed so far, and what is wrong with it."""
        return self._page(
            self.form.template,
            status,
            typed=typed,
            view=await self.form.view(typed, self.sitting),
            faults=faults,
            fault_at={fault.field: fault for fault in reversed(faults)},
        )

    async def check(self, typed: Typed, answer: A) -> Response:
        """Everything once more in words, if the rules allow it; the fields travel along hidden."""
        try:
            await self.form.ahead(answer, self.sitting)
        except (Refused, Failed) as error:
            return await self._refused(typed, error)
        lines = await self.form.lines(answer, typed, self.sitting)
        return self._page("desk/check.html", lines=lines, typed=typed)

    async def send(self, typed: Typed, answer: A) -> Response:
        """Send the command and go back to the inbox, which says what was done."""
        sitting = self.sitting
        account = sitting.access.caller.account
        key = await key_of(sitting.session, account, self.form.here, typed)
        try:
            about = await self.form.send(answer, sitting, key)
        except (Refused, Failed) as error:
            await sitting.session.rollback()  # what was claimed for a command that was never sent
            return await self._refused(typed, error)
        asked = urlencode({"done": self.form.done, "about": about, "lang": sitting.language.value})
        return RedirectResponse(f"{INBOX}?{asked}", HTTPStatus.SEE_OTHER)

    def _closed(self, refusals: tuple[Refusal, ...]) -> Response:
        """Why there is nothing to fill in: it is done already, or there is no such thing (404)."""
        unknown = any(refusal.code in UNKNOWN for refusal in refusals)
        said = tuple(sentence(self.sitting.language, each) for each in refusals)
        status = HTTPStatus.NOT_FOUND if unknown else HTTPStatus.CONFLICT
        return self._page("desk/closed.html", status, reasons=said)

    async def _refused(self, typed: Typed, error: Refused | Failed) -> Response:
        if any(refusal.code in self.form.closing for refusal in error.refusals):
            return self._closed(error.refusals)  # whatever is typed, sending it cannot succeed
        if isinstance(error, Failed):
            if error.status is HTTPStatus.SERVICE_UNAVAILABLE:
                repaired = any(refusal.code == ProblemCode.UNDER_REPAIR for refusal in error.refusals)
                template = "desk/under_repair.html" if repaired else "desk/unrecorded.html"
                retry = {"Retry-After": str(RETRY_SECONDS if repaired else _RETRY_SECONDS)}
                return self._page(template, HTTPStatus.SERVICE_UNAVAILABLE, retry, typed=typed)
            if error.status not in _MENDABLE:
                raise error
        if any(refusal.code == ProblemCode.KEY_REUSED for refusal in error.refusals):
            # Its words were changed after it had been sent: to send it once more is a decision of its own.
            fault = Fault(field="", key="desk_sent_already")
            return await self.form_page(keyed(typed, anew=True), (fault,), HTTPStatus.CONFLICT)
        faults = tuple(self._fault(refusal) for refusal in error.refusals)
        return await self.form_page(typed, faults, HTTPStatus.CONFLICT)

    def _fault(self, refusal: Refusal) -> Fault:
        """The rule's sentence in the reader's language, at the field where one is meant."""
        field = self.form.fields_of_refusals.get(refusal.code, "")
        said = sentence(self.sitting.language, refusal)
        return Fault(field=field, key="refused", params={"sentence": said})

    def _page(
        self,
        template: str,
        status: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
        **context: object,
    ) -> Response:
        here = self.form.here
        return page(
            template,
            self.sitting.language,
            status,
            headers,
            key=f"page.desk.{self.form.key}",
            here=here,
            inbox=INBOX,
            about=self.form.about,
            state=self.sitting.state,
            switch={each.value: f"{here}?lang={each.value}" for each in Language},
            **context,
        )
