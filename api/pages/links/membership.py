"""Short steps that need no check page: a member's comment, an addressee's receipt."""

from http import HTTPStatus

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.pages.forms.drafts import FormName, drop_draft, keep_draft
from api.pages.forms.form import Order
from api.pages.forms.typed import Reader, typed_in
from api.pages.links.member_page import add_comment, member_page
from api.pages.links.opened import AnyMatter, Matter, reopened
from api.pages.links.sending import Ending, key_of, refusals_ahead, send_order
from api.pages.links.usable import stop_of, stop_of_asking
from api.pages.site.origin import FromHere
from api.pages.site.routing import page_router
from api.pages.site.stopping import StopKind, Stopped
from models.commands.monitoring import AcknowledgeReport
from models.vocabulary.procedure import Purpose

router = page_router()
_RETRY_SECONDS = 60


@router.post("/r/{token}/comments")
async def comment(matter: AnyMatter, request: Request, _: FromHere) -> Response:
    """Add a comment to the draft."""
    await _for(matter, Purpose.READ_AS_MEMBER)
    typed = typed_in(await request.form(max_files=0))
    await keep_draft(matter, FormName.COMMENT, typed)
    reader = Reader(typed)
    words = reader.text("comment", "comment_missing")
    if not matter.state.before_approval:
        reader.fault("comment", "comments_closed")
    if reader.faults:
        return await member_page(matter, typed, tuple(reader.faults), HTTPStatus.UNPROCESSABLE_ENTITY)
    await add_comment(matter, words)
    await drop_draft(matter, FormName.COMMENT)
    return RedirectResponse(matter.address() + "#comments", HTTPStatus.SEE_OTHER)


@router.post("/r/{token}/receipt")
async def acknowledge(matter: AnyMatter, _: FromHere) -> Response:
    """Confirm that the report was received; pressed twice, it happens once."""
    await _for(matter, Purpose.ANSWER_REPORT)
    addressee = matter.state.addressees[matter.letter.subject]
    if addressee.acknowledged_on is None:
        key = await key_of(matter.session, matter, "acknowledge_report")
        command = AcknowledgeReport(id=key.id, actor=matter.actor(), addressee=matter.letter.subject)
        if not refusals_ahead(matter, command):
            sent = await send_order(matter, key, Order(command))
            if sent.ending is Ending.UNDER_REPAIR:
                raise Stopped(StopKind.UNDER_REPAIR, language=matter.language, retry_after=sent.retry_after)
            after = (await reopened(matter)).state.addressees[matter.letter.subject]
            if sent.ending is Ending.UNKNOWN and after.acknowledged_on is None:
                raise Stopped(StopKind.UNAVAILABLE, language=matter.language, retry_after=_RETRY_SECONDS)
    return RedirectResponse(matter.address(), HTTPStatus.SEE_OTHER)


async def _for(matter: Matter, purpose: Purpose) -> None:
    if matter.purpose is not purpose:
        raise Stopped(StopKind.INVALID)
    for stopped in (await stop_of(matter), await stop_of_asking(matter)):
        if stopped is not None:
            raise stopped
