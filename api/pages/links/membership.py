"""Short steps that need no check page: a member's comment, an addressee's receipt."""

from http import HTTPStatus

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from activities.record.settling import settle_commands
from api.commands.desk import CommandDesk
from api.commands.repair import RETRY_SECONDS, under_repair
from api.commands.sending import command_name
from api.pages.forms.typed import Reader, Typed, typed_in
from api.pages.links.form_names import FormName
from api.pages.links.member_page import add_comment, member_page
from api.pages.links.opened import AnyOpenedLink, OpenedLink
from api.pages.links.usable import stop_of, stop_of_asking
from api.pages.site.origin import FromHere
from api.pages.site.routing import page_router
from api.pages.site.stopping import StopKind, Stopped
from api.problems.problem import Failed
from models.commands import AcknowledgeReport
from models.vocabulary.letters import Purpose
from models.vocabulary.refusal import Refused

router = page_router()
_RETRY_SECONDS = 60


@router.post("/r/{token}/comments")
async def comment(matter: AnyOpenedLink, request: Request, _: FromHere) -> Response:
    """Add a comment to the draft."""
    await _for(matter, Purpose.READ_AS_MEMBER)
    typed, drafts = typed_in(await request.form(max_files=0)), matter.drafts_of(FormName.COMMENT)
    opened = await drafts.keep(typed)
    reader = Reader(typed)
    words = reader.text("comment", "comment_missing")
    if not matter.state.before_approval:
        reader.fault("comment", "comments_closed")
    if reader.faults or opened.others:
        wrong = HTTPStatus.UNPROCESSABLE_ENTITY if reader.faults else HTTPStatus.CONFLICT
        return await member_page(matter, opened, tuple(reader.faults), wrong)
    await add_comment(matter, words)
    await drafts.drop()
    return RedirectResponse(matter.address() + "#comments", HTTPStatus.SEE_OTHER)


@router.post("/r/{token}/receipt")
async def acknowledge(matter: AnyOpenedLink, _: FromHere) -> Response:
    """Confirm that the report was received; pressed twice, it happens once."""
    await _for(matter, Purpose.ANSWER_REPORT)
    key = await matter.key(command_name(AcknowledgeReport), Typed())
    if _acknowledged(matter):
        await settle_commands(matter.session, matter.now, key.id)
    else:
        command = AcknowledgeReport(**matter.by(key), addressee=matter.letter.subject)
        try:
            matter.to.ask(command, matter.now)
            desk = CommandDesk(matter.services, matter.session, key, matter.now)
            await desk.send(matter.to, command)
        except (Refused, Failed) as error:
            await _unless_refused(matter, error)
    return RedirectResponse(matter.address(), HTTPStatus.SEE_OTHER)


def _acknowledged(matter: OpenedLink) -> bool:
    return matter.state.addressees[matter.letter.subject].acknowledged_on is not None


async def _unless_refused(matter: OpenedLink, error: Refused | Failed) -> None:
    """What the rules refuse the page itself shows; what is not known yet may be sent again."""
    if isinstance(error, Refused) or error.status is HTTPStatus.CONFLICT:
        return
    if error.status is not HTTPStatus.SERVICE_UNAVAILABLE:
        raise error
    if not _acknowledged(await matter.again()):
        repaired = under_repair(error)
        kind = StopKind.UNDER_REPAIR if repaired else StopKind.UNAVAILABLE
        pause = RETRY_SECONDS if repaired else _RETRY_SECONDS
        raise Stopped(kind, language=matter.language, retry_after=pause)


async def _for(matter: OpenedLink, purpose: Purpose) -> None:
    if matter.purpose is not purpose:
        raise Stopped(StopKind.INVALID)
    for stopped in (await stop_of(matter), await stop_of_asking(matter)):
        if stopped is not None:
            raise stopped
