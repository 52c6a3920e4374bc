"""What a letter's link opens: the form, its check, its confirmation. GET and HEAD change nothing."""

from typing import Annotated, Any

from fastapi import Path, Request, Response

from api.pages.forms.machine import Machine
from api.pages.links.form_names import FormName
from api.pages.links.forms import form_behind
from api.pages.links.matter import Matter
from api.pages.links.member_page import member_page
from api.pages.links.opened import AnyOpenedLink, OpenedLink
from api.pages.links.usable import stop_of
from api.pages.site.origin import FromHere
from api.pages.site.routing import Reads, page_router
from models.vocabulary.letters import Purpose

router = page_router()

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


def _machine(matter: OpenedLink, name: FormName) -> Machine[Any, Matter]:
    return Machine(form_behind(matter, name), matter)
