"""What a letter's link opens: the form, its check, its confirmation. GET and HEAD change nothing."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import Path, Request, Response

from api.pages.forms.machine import Machine
from api.pages.links.amendment import AmendmentForm
from api.pages.links.consideration import ConsiderationForm
from api.pages.links.excerpt import ExcerptForm
from api.pages.links.form_names import FormName
from api.pages.links.implementation import ImplementationForm
from api.pages.links.information import InformationForm
from api.pages.links.invitation import InvitationForm
from api.pages.links.joint_conduct import JointConductForm
from api.pages.links.letter_form import AnyLetterForm
from api.pages.links.member_page import member_page
from api.pages.links.more_time import MoreTimeForm
from api.pages.links.opened import AnyOpenedLink, OpenedLink
from api.pages.links.receipt import ReceiptForm
from api.pages.links.reply import ReplyForm
from api.pages.links.term_extension import TermExtensionForm
from api.pages.links.usable import stop_of
from api.pages.links.withdrawal import WithdrawalForm
from api.pages.site.origin import FromHere
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import Elsewhere, StopKind, Stopped
from models.agenda.terms import is_of_the_code
from models.commands.command import Command
from models.letters.purposes import LINKS
from models.vocabulary.letters import Purpose

router = page_router()

FORMS: Final[Mapping[type[Command], AnyLetterForm]] = {
    form.command: form
    for form in (
        JointConductForm(),
        InvitationForm(),
        WithdrawalForm(),
        InformationForm(),
        ReplyForm(),
        AmendmentForm(),
        ReceiptForm(),
        MoreTimeForm(),
        TermExtensionForm(),
        ImplementationForm(),
        ConsiderationForm(),
        ExcerptForm(),
    )
}
"""The form by which each command is given; which of them a link opens, its row says."""
SideForm = Annotated[FormName, Path()]


@router.api_route("/r/{token}", methods=Reads)
async def open_link(matter: AnyOpenedLink, saved: bool = False) -> Response:
    """The main page of a link: what was answered, or the form, or why neither can be shown."""
    if matter.purpose is Purpose.READ_AS_MEMBER:
        if (stopped := await stop_of(matter)) is not None:
            raise stopped
        return await member_page(matter)
    return await _machine(matter, FormName.ANSWER).show(saved=saved)


@router.post("/r/{token}")
async def send_form(matter: AnyOpenedLink, request: Request, _: FromHere) -> Response:
    """Save, check or send the main form, as the pressed button says."""
    return await _machine(matter, FormName.ANSWER).take(request)


@router.api_route("/r/{token}/done", methods=Reads)
async def confirmation(matter: AnyOpenedLink) -> Response:
    """The confirmation with number and time, to be printed or kept."""
    return await _machine(matter, FormName.ANSWER).confirmed()


@router.api_route("/r/{token}/form/{form}", methods=Reads)
async def open_side_form(matter: AnyOpenedLink, form: SideForm, saved: bool = False) -> Response:
    """A form of its own beside the main one: its receipt, more time, withdrawal."""
    return await _machine(matter, form).show(saved=saved)


@router.post("/r/{token}/form/{form}")
async def send_side_form(matter: AnyOpenedLink, form: SideForm, request: Request, _: FromHere) -> Response:
    return await _machine(matter, form).take(request)


@router.api_route("/r/{token}/form/{form}/done", methods=Reads)
async def side_confirmation(matter: AnyOpenedLink, form: SideForm) -> Response:
    return await _machine(matter, form).confirmed()


def _machine(matter: OpenedLink, name: FormName) -> Machine[Any, OpenedLink]:
    forms = (FORMS[command] for command in LINKS[matter.purpose].forms)
    form = next((each for each in forms if each.name == name), None)
    if form is None:
        raise Stopped(StopKind.INVALID)
    if name is FormName.MORE_TIME and matter.deadline is None:
        raise Elsewhere(matter.address())  # no date was set: there is nothing to move
    if name is FormName.EXTENSION and not (matter.deadline and is_of_the_code(matter.deadline)):
        raise Elsewhere(matter.address())  # no term of the Code is running: the sender's date is the sender's
    return Machine(form, matter)
