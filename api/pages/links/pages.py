"""What a letter's link opens: the form, its check, its confirmation. GET and HEAD change nothing."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import Path, Request, Response
from fastapi.responses import RedirectResponse

from api.pages.forms.drafts import FormName, draft_of
from api.pages.forms.form import LetterForm
from api.pages.links.consideration import ConsiderationForm
from api.pages.links.flow import Flow
from api.pages.links.implementation import ImplementationForm
from api.pages.links.information import InformationForm
from api.pages.links.invitation import InvitationForm
from api.pages.links.member_page import member_page
from api.pages.links.more_time import MoreTimeForm
from api.pages.links.opened import AnyMatter, Matter
from api.pages.links.reply import ReplyForm
from api.pages.links.usable import stop_of, stop_of_asking
from api.pages.links.withdrawal import WithdrawalForm
from api.pages.site.origin import FromHere
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import Elsewhere, StopKind, Stopped
from models.commands.command import Command
from models.commands.monitoring import (
    AnswerInformationRequest,
    AnswerInvitation,
    AnswerReport,
    AskMoreTime,
    RecordConsideration,
    ReportImplementation,
    WithdrawMember,
)
from models.letters.purposes import LINKS
from models.vocabulary.letters import Purpose

router = page_router()

AnyForm = LetterForm[Any]
FORMS: Final[Mapping[type[Command], AnyForm]] = {
    AnswerInvitation: InvitationForm(),
    WithdrawMember: WithdrawalForm(),
    AnswerInformationRequest: InformationForm(),
    AnswerReport: ReplyForm(),
    AskMoreTime: MoreTimeForm(),
    ReportImplementation: ImplementationForm(),
    RecordConsideration: ConsiderationForm(),
}
"""The form by which each command is given; which of them a link opens, its row says."""
SideForm = Annotated[FormName, Path()]


@router.api_route("/r/{token}", methods=Reads)
async def open_link(matter: AnyMatter, saved: bool = False) -> Response:
    """The main page of a link: what was answered, or the form, or why neither can be shown."""
    if matter.purpose is Purpose.READ_AS_MEMBER:
        await _raise(await stop_of(matter))
        return await member_page(matter)
    return await _shown(matter, FormName.ANSWER, saved)


@router.post("/r/{token}")
async def send_form(matter: AnyMatter, request: Request, _: FromHere) -> Response:
    """Save, check or send the main form, as the pressed button says."""
    return await _taken(matter, request, FormName.ANSWER)


@router.api_route("/r/{token}/done", methods=Reads)
async def confirmation(matter: AnyMatter) -> Response:
    """The confirmation with number and time, to be printed or kept."""
    return await _confirmed(matter, FormName.ANSWER)


@router.api_route("/r/{token}/form/{form}", methods=Reads)
async def open_side_form(matter: AnyMatter, form: SideForm, saved: bool = False) -> Response:
    """A form of its own beside the main one: more time, withdrawal."""
    return await _shown(matter, form, saved)


@router.post("/r/{token}/form/{form}")
async def send_side_form(matter: AnyMatter, form: SideForm, request: Request, _: FromHere) -> Response:
    return await _taken(matter, request, form)


@router.api_route("/r/{token}/form/{form}/done", methods=Reads)
async def side_confirmation(matter: AnyMatter, form: SideForm) -> Response:
    return await _confirmed(matter, form)


async def _shown(matter: Matter, name: FormName, saved: bool) -> Response:
    flow = Flow(_form(matter, name), matter)
    await _raise(await stop_of(matter))
    if (recorded := await flow.form.recorded(matter)) is not None:
        return await flow.answered_page(recorded)
    await _raise(await stop_of_asking(matter))
    return await flow.form_page(await draft_of(matter, name), saved=saved)


async def _taken(matter: Matter, request: Request, name: FormName) -> Response:
    flow = Flow(_form(matter, name), matter)
    await _raise(await stop_of(matter))
    if (recorded := await flow.form.recorded(matter)) is not None:
        return await flow.answered_page(recorded)
    await _raise(await stop_of_asking(matter))
    return await flow.take(request)


async def _confirmed(matter: Matter, name: FormName) -> Response:
    flow = Flow(_form(matter, name), matter)
    recorded = await flow.form.recorded(matter)
    if recorded is None:
        return RedirectResponse(matter.address(), 303)
    return await flow.answered_page(recorded, fresh=True)


def _form(matter: Matter, name: FormName) -> AnyForm:
    forms = (FORMS[command] for command in LINKS[matter.purpose].forms)
    form = next((each for each in forms if each.name is name), None)
    if form is None:
        raise Stopped(StopKind.INVALID)
    if name is FormName.MORE_TIME and matter.deadline is None:
        raise Elsewhere(matter.address())  # no date was set: there is nothing to move
    return form


async def _raise(stopped: Stopped | None) -> None:
    if stopped is not None:
        raise stopped
