"""Addresses of a long reply's parts: each item, the whole, «accept all the rest». Reading changes nothing."""

from typing import Annotated, Any

from fastapi import Path, Request, Response

from api.pages.forms.machine import Machine
from api.pages.forms.typed import fields_of, typed_in
from api.pages.links.form_names import FormName
from api.pages.links.forms import form_behind
from api.pages.links.long_reply.accepting import Accepting
from api.pages.links.long_reply.form import LongReplyForm
from api.pages.links.long_reply.part_page import PartPage
from api.pages.links.matter import Matter
from api.pages.links.opened import AnyOpenedLink, OpenedLink
from api.pages.site.origin import PartFromHere
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import Elsewhere
from models.vocabulary.procedure import Id

router = page_router()

ItemInPath = Annotated[Id, Path()]


@router.api_route("/r/{token}/items/{item}", methods=Reads)
async def open_item(matter: AnyOpenedLink, item: ItemInPath, saved: bool = False) -> Response:
    """One item of the reply, with what was typed of it."""
    return await (await PartPage.of(matter, await _asking(matter), item)).show(saved=saved)


@router.post("/r/{token}/items/{item}")
async def save_item(matter: AnyOpenedLink, item: ItemInPath, request: Request, _: PartFromHere) -> Response:
    """Save the item into the draft of the reply; nothing is sent."""
    form, answered = await _taking(matter, request)
    return answered or await (await PartPage.of(matter, form, item)).take(request)


@router.api_route("/r/{token}/whole", methods=Reads)
async def open_whole(matter: AnyOpenedLink, saved: bool = False) -> Response:
    """The words on the report as a whole, and who signs."""
    return await (await PartPage.of(matter, await _asking(matter))).show(saved=saved)


@router.post("/r/{token}/whole")
async def save_whole(matter: AnyOpenedLink, request: Request, _: PartFromHere) -> Response:
    form, answered = await _taking(matter, request)
    return answered or await (await PartPage.of(matter, form)).take(request)


@router.api_route("/r/{token}/rest", methods=Reads)
async def open_rest(matter: AnyOpenedLink) -> Response:
    """What would be accepted at once: the items of which nothing was typed."""
    return await (await Accepting.of(matter, await _asking(matter))).show()


@router.post("/r/{token}/rest")
async def accept_rest(matter: AnyOpenedLink, request: Request, _: PartFromHere) -> Response:
    """Show what it does, then write it into the draft; nothing is sent."""
    form, answered = await _taking(matter, request)
    return answered or await (await Accepting.of(matter, form)).take(request)


async def _asking(matter: OpenedLink) -> LongReplyForm:
    """Raises Elsewhere where the reply has no parts or was given, Stopped where nothing is asked."""
    form = _form(matter)
    if await Machine[Any, Matter](form, matter).before() is not None:
        raise Elsewhere(matter.address())
    return form


async def _taking(matter: OpenedLink, request: Request) -> tuple[LongReplyForm, Response | None]:
    """The form; or what was answered meanwhile, with what was typed beside it."""
    form = _form(matter)
    typed = typed_in(await fields_of(request))
    return form, await Machine[Any, Matter](form, matter).before(pressed=typed)


def _form(matter: OpenedLink) -> LongReplyForm:
    form = form_behind(matter, FormName.ANSWER)
    if not isinstance(form, LongReplyForm):
        raise Elsewhere(matter.address())
    return form
