"""The way of every form: type, check your answers, send, confirmation. Nothing counts before it is sent.

Whoever fills it in, nothing typed is lost: by a fault, a refusal, a stale page, a second press, an outcome
that is not known. Each request reads what was typed, builds the command once, and asks the rules of it or
sends it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Final, Generic

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from activities.database.sessions import plainly
from activities.record.settling import settle_commands
from api.commands.repair import RETRY_SECONDS, under_repair
from api.http.problems import sentence
from api.pages.forms.drafts import KEY, Opened
from api.pages.forms.form import A, AnswerOnRecord, B, Form, Line
from api.pages.forms.typed import SAVED_BY, Fault, Typed, fields_of, typed_in, written
from api.pages.forms.unsent import unsent_of
from api.pages.forms.uploads import Chosen, chosen_for, files_taken, keep_uploads
from api.pages.site.rendering import page
from api.problems.fields import worded_fault
from api.problems.problem import Failed, ProblemCode
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Id
from models.vocabulary.refusal import Refused

_RETRY_SECONDS: Final = 60
_MENDABLE: Final = frozenset(
    {HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED, HTTPStatus.UNPROCESSABLE_ENTITY}
)
_ADD: Final = "add-"
_TAKE: Final = "take-"
_TO: Final = "to-"


class Button(StrEnum):
    """The buttons of a form, by the value they send.

    Rows are added by `add-<rows>`, another version of the draft is gone on with by `take-<its number>`.
    `to-<its name>` leads to a form beside this one; what was typed here stays.
    """

    SAVE = "save"
    CHANGE = "change"
    CHECK = "check"
    SEND = "send"


@dataclass(frozen=True)
class Machine(Generic[A, B]):
    """One form at one bench, during one request."""

    form: Form[A, B]
    bench: B

    # ——— what a request does ———
    async def show(self, *, saved: bool = False) -> Response:
        """The form as it stands; what was answered, or why nothing can be."""
        form, bench = self.form, self.bench
        before = await self.before()
        if before is not None:
            return before
        try:
            await form.possible(bench)
            opened = await bench.opened(form, await form.begin(bench))
            answer = form.any_answer(bench)
            if answer is not None:
                await self._ask(opened.typed, answer)
        except (Refused, Failed) as error:
            return await self._closed_page(error)
        return await self.form_page(opened, saved=saved)

    async def take(self, request: Request) -> Response:
        """Read the form, keep what was typed and the files, and do what the button says."""
        form, bench = self.form, self.bench
        sent = await fields_of(request)
        typed, late = await form.gathered(form.with_rows(bench.keyed(typed_in(sent))), bench)
        before = await self.before(pressed=typed)
        if before is not None:
            return before
        drafts = bench.drafts(form, typed)
        typed, faults = await keep_uploads(drafts, sent, typed, form.choosing(bench))
        faults = (*late, *faults)
        button = typed.one("action")
        opened = await drafts.keep(typed, button.removeprefix(_TAKE) if button.startswith(_TAKE) else "")
        await bench.session.commit()  # whatever becomes of the form, nothing need be typed or chosen again
        if bench.at_once and not form.writes_beside:
            await plainly(bench.session)
        kept = await self._kept(opened, faults)
        if kept is not None:
            return kept
        told, beside = await bench.reads(typed)
        return await replace(self, bench=told)._pressed(opened, faults, beside)

    async def _kept(self, opened: Opened, faults: tuple[Fault, ...]) -> Response | None:
        """The form again, where it is to be filled in further; nothing where it is to be checked or sent."""
        form, bench, button = self.form, self.bench, opened.typed.one("action")
        if button.startswith(_TAKE):
            drafts = bench.drafts(form, opened.typed)
            return await self.form_page(await drafts.taken(button.removeprefix(_TAKE)))
        if opened.others:  # somebody saved what this writer has not seen: nothing else is done before it is
            return await self.form_page(opened, faults, HTTPStatus.CONFLICT)
        if button == Button.SAVE and not faults:
            return RedirectResponse(bench.address_of(form, saved="1"), HTTPStatus.SEE_OTHER)
        if button.startswith(_TO) and not faults:
            return RedirectResponse(bench.beside(button.removeprefix(_TO)), HTTPStatus.SEE_OTHER)
        if button in {Button.SAVE, Button.CHANGE} or button.startswith(_TO) or button.startswith(_ADD):
            return await self.form_page(opened, faults)
        return None

    async def _pressed(
        self, opened: Opened, faults: tuple[Fault, ...], beside: tuple[Fault, ...]
    ) -> Response:
        """What was typed as an answer: checked, or sent; what is wrong with it, if it is none.

        `beside` is what is wrong with the answers to questions of the bench's own.
        """
        form, bench = self.form, self.bench
        typed, button = opened.typed, opened.typed.one("action")
        reading = await form.read(typed, bench)
        refused = {fault.field for fault in faults}  # a file that was not taken is not also a missing one
        found = (*reading.faults, *beside)
        faults = (*faults, *(fault for fault in found if fault.field not in refused))
        if reading.answer is None or faults:
            return await self.form_page(opened, faults)
        if button == Button.SEND:
            return await self._send(opened, reading.answer)
        return await self._check(opened, reading.answer)

    async def confirmed(self) -> Response:
        """The confirmation, to be printed or kept; before anything was answered, the form."""
        recorded = await self.form.recorded(self.bench)
        if recorded is None:
            return RedirectResponse(self.bench.back, HTTPStatus.SEE_OTHER)
        return await self._answered_page(recorded, fresh=True)

    async def before(self, *, pressed: Typed | None = None) -> Response | None:
        """What was answered before, instead of the form.

        Where somebody `pressed` a button, its command is told of too, and what was typed stays to be read.
        """
        await self.form.leads(self.bench)
        recorded = await self.form.recorded(self.bench)
        if recorded is not None:
            if pressed is None:
                return await self._answered_page(recorded, unsent=await self._left(recorded))
            await self._settle(recorded.line.command_id)
            told, _ = await self.bench.reads(pressed)
            unsent = await unsent_of(self.form, told, pressed, recorded)
            return await self._answered_page(recorded, unsent=unsent)
        await self.form.asks(self.bench)
        return None

    async def _settle(self, command: Id | None) -> None:
        """It is on record: the log of commands says so, whatever was answered when it was sent."""
        if command is not None:
            await settle_commands(self.bench.session, self.bench.now, command)

    async def _ask(self, typed: Typed, answer: A) -> None:
        """Ask whether it would be taken. Raises Refused or Failed."""
        key = await self.bench.key(self.form.asked(self.bench), typed)
        await self.form.ask(answer, self.bench, key)

    async def _left(self, recorded: AnswerOnRecord[A]) -> tuple[Line, ...]:
        """What was saved behind this very link where another one's answer counts."""
        left = await self.bench.drafts(self.form, Typed()).left()
        return await unsent_of(self.form, self.bench, left, recorded)

    async def _check(self, opened: Opened, answer: A) -> Response:
        """Everything once more in words, if the rules allow it; the fields travel along hidden."""
        try:
            await self._ask(opened.typed, answer)
        except (Refused, Failed) as error:
            return await self._refused(opened, error, HTTPStatus.UNPROCESSABLE_ENTITY)
        lines, chosen = await self.form.lines(answer, self.bench), await self._chosen(opened.typed)
        left_out = [file.name for files in chosen.values() for file in files if not file.ticked]
        doubts = await self.form.doubts(answer, self.bench)
        told = {"lines": lines, "typed": opened.typed, "left_out": left_out, "doubts": doubts}
        told |= await self.form.checked(answer, self.bench)
        return self.page(self.form.check_template, HTTPStatus.OK, None, **told)

    async def _chosen(self, typed: Typed) -> dict[str, tuple[Chosen, ...]]:
        return await chosen_for(self.bench, self.bench.drafts(self.form, typed), typed)

    async def _send(self, opened: Opened, answer: A) -> Response:
        """Send the command; of several people at one form the first one's answer counts."""
        form, bench, typed = self.form, self.bench, opened.typed
        failed: Refused | Failed | None = None
        about, key = "", await bench.key(form.asked(bench), typed)
        try:
            about = await form.happen(answer, bench, key)
        except (Refused, Failed) as error:
            await bench.session.rollback()  # what was claimed for a command that was never sent
            failed = error
        else:
            await bench.session.commit()
            await plainly(bench.session)
        after = Machine(form, await bench.again())
        recorded = await form.recorded(after.bench)
        if failed is not None and recorded is not None:
            await self._settle(recorded.line.command_id)
        if recorded is not None and recorded.answer != answer:
            yours = await form.lines(answer, bench)
            return await after._answered_page(recorded, others=True, unsent=yours)
        if failed is not None and recorded is None:
            return await after._refused(opened, failed, HTTPStatus.CONFLICT)
        # A second press is answered by what is on record, or, on the desk, by the same command's answer.
        await bench.drafts(form, typed).drop(files=recorded is not None)
        return RedirectResponse(after.bench.confirmation(form, about, key), HTTPStatus.SEE_OTHER)

    # ——— pages ———
    async def form_page(
        self,
        opened: Opened,
        faults: tuple[Fault, ...] = (),
        status: HTTPStatus | None = None,
        *,
        saved: bool = False,
    ) -> Response:
        """The form with what was typed so far, what else was saved beside it, and what is wrong with it."""
        typed = opened.typed
        wrong = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        return self.page(
            self.form.template,
            status or wrong,
            None,
            typed=typed,
            others=opened.others,
            kept_at=opened.kept_at,
            kept_by=typed.one(SAVED_BY),
            begun=[each for each in await self.bench.begun() if each.key != typed.one(KEY)],
            chosen=await self._chosen(typed),
            taken=files_taken(
                self.bench.language, self.bench.services.settings.upload_limit_bytes, self.form.takes
            ),
            view=await self.form.view(typed, self.bench),
            faults=faults,
            fault_at={fault.field: fault for fault in reversed(faults)},
            saved=saved,
            gone_on=self.bench.today + timedelta(days=self.bench.services.settings.link_days),
            **self.form.above(self.bench),
        )

    async def _answered_page(
        self,
        recorded: AnswerOnRecord[A],
        *,
        fresh: bool = False,
        others: bool = False,
        unsent: tuple[Line, ...] = (),
    ) -> Response:
        """What was answered, when, by whom; `fresh` just after sending, `others` if a colleague was first.

        What somebody typed beside it is `unsent`, and shown all the same.
        """
        return self.page(
            "answered.html",
            HTTPStatus.CONFLICT if others else HTTPStatus.OK,
            lines=await self.form.lines(recorded.answer, self.bench),
            line=recorded.line,
            way=self.bench.way_of(recorded.line),
            paper=Actor.model_validate(recorded.line.actor).on_behalf,
            fresh=fresh,
            others=others,
            unsent=unsent,
            headers=None,
            **await self.form.beside(recorded, self.bench),
        )

    async def _closed_page(self, error: Refused | Failed, typed: Typed | None = None) -> Response:
        """Why there is nothing to fill in: it is done already, or there is no such thing (404)."""
        unknown = any(refusal.code in self.form.not_there for refusal in error.refusals)
        names = await self.bench.named(error.refusals)
        said = tuple(sentence(self.bench.language, each, names) for each in error.refusals)
        return self.page(
            "closed.html",
            HTTPStatus.NOT_FOUND if unknown else HTTPStatus.CONFLICT,
            reasons=said,
            unsent=[Line(label="", value=value) for value in written(typed)] if typed else [],
        )

    async def _refused(self, opened: Opened, error: Refused | Failed, status: HTTPStatus) -> Response:
        """The rules' sentences where they can be mended; else why not, or that it may be sent again."""
        if any(refusal.code in self.form.closing for refusal in error.refusals):
            return await self._closed_page(
                error, opened.typed
            )  # whatever is typed, sending it cannot succeed
        if isinstance(error, Failed):
            if error.status is HTTPStatus.SERVICE_UNAVAILABLE:
                repaired = under_repair(error)
                template = "under_repair.html" if repaired else "unrecorded.html"
                again = {"Retry-After": str(RETRY_SECONDS if repaired else _RETRY_SECONDS)}
                return self.page(template, HTTPStatus.SERVICE_UNAVAILABLE, again, typed=opened.typed)
            if error.status not in _MENDABLE:
                raise error
        if any(refusal.code == ProblemCode.KEY_REUSED for refusal in error.refusals):
            # Its words were changed after it had been sent: to send it once more is a decision of its own.
            anew = self.bench.keyed(opened.typed, anew=True)
            await self.bench.drafts(self.form, opened.typed).move(self.bench.drafts(self.form, anew).form)
            opened = replace(opened, typed=anew)
            faults: tuple[Fault, ...] = (Fault(field="", key="desk_sent_already"),)
        else:
            faults = await self._faults(error)
        return await self.form_page(opened, faults, status)

    async def _faults(self, error: Refused | Failed) -> tuple[Fault, ...]:
        """The rules' sentences in the reader's language, at the field where one is meant."""
        names = await self.bench.named(error.refusals)
        language = self.bench.language
        pointed = {
            (field, words): Fault(field=field, key="refused", params={"sentence": words})
            for fault in (error.faults if isinstance(error, Failed) else ())
            if (field := self.form.field_at(fault.pointer)) is not None
            and (words := self.form.at_field(language, field, worded_fault(language, fault, names)))
        }
        if pointed:
            return tuple(pointed.values())
        fields = {**self.bench.fields_of_refusals, **self.form.fields_of_refusals}
        said = ((each, sentence(language, each, names)) for each in error.refusals)
        at = ((fields.get(each.code, "").format(**each.params), words) for each, words in said)
        # What is wrong with one answer that many share is one thing to mend.
        return tuple(
            Fault(field=field, key="refused", params={"sentence": words})
            for field, words in dict.fromkeys(at)
        )

    def page(
        self,
        template: str,
        status: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
        **context: object,
    ) -> Response:
        """A page with what every page of this bench shows."""
        bench = self.bench
        around = bench.around(self.form)
        whole = template if "/" in template else f"{bench.folder}/{template}"
        return page(whole, bench.language, status, headers, **around, **context)
