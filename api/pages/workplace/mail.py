"""What came back by mail about a monitoring's letters, beside the forms by which a person records it."""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Depends, Path, Response
from fastapi.responses import RedirectResponse

from api.access.policy import EVERYTHING
from api.history.names import names_for
from api.history.words import say
from api.http.downloads import attached
from api.pages.desk.coming import Comes
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.forms import ways_about
from api.pages.desk.policies import MonitoringPagePolicy
from api.pages.site.origin import check_origin
from api.pages.site.routing import Reads, page_router
from api.pages.workplace.mail_said import file_inside, mail_said
from api.pages.workplace.turning import turned
from api.problems.problem import ProblemCode, not_found
from api.views.received_mail import handle_mail, mail_ids, mail_seen, message_of
from models.tables.received_mail import ReceivedMailRow
from models.vocabulary.access import Action
from models.vocabulary.procedure import Id

router = page_router()
_HERE: Final = "/staff/monitorings/{number}/mail"
_AT_ONCE: Final = 10
MailInPath = Annotated[int, Path(ge=1, lt=2**63)]
Sitting = Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(*EVERYTHING))]


class HandlingPolicy(MonitoringPagePolicy):
    """For whoever sees to the letters of the monitoring, from a page of this site."""

    def __init__(self) -> None:
        super().__init__(Action.RESEND_LETTER)

    async def __call__(self, coming: Comes) -> MonitoringSitting:
        """Raises as MonitoringPagePolicy, and Stopped (403) for a form that another site sent."""
        check_origin(coming.request, coming.services.settings)
        return await super().__call__(coming)


@router.api_route(_HERE, methods=Reads)
async def show_mail(sitting: Sitting) -> Response:
    """The newest first. Nothing here is recorded by itself: each message leads to the letter's forms."""
    state, language, session = sitting.state, sitting.language, sitting.session
    part = turned(await mail_ids(session, state.number), sitting.request.query_params, _AT_ONCE)
    seen = await mail_seen(session, part.rows)
    letters = [state.letters[each.letter] for each in seen if each.letter in state.letters]
    names = await names_for(session, language, sitting.today, (), letters)
    named: dict[Id, str] = {each.id: f"{say(each.kind, names)} → {names.reader_of(each)}" for each in letters}
    ways = {each.id: tuple(ways_about(state, sitting.access.may, each.id, "letters")) for each in letters}
    return sitting.shows(
        "workplace/mail.html",
        "/mail",
        part=part,
        lines=await mail_said(session, language, seen, named),
        ways=ways,
        recorded={
            each.id: f"{sitting.home}/letters/{each.id}/answer"
            for each in letters
            if each.purpose is not None and Action.ANSWER_REPORT in sitting.access.may
        },
        handles=Action.RESEND_LETTER in sitting.access.may,
    )


@router.api_route(f"{_HERE}/{{mail}}/eml", methods=Reads, name="download_received_mail")
async def whole_message(mail: MailInPath, sitting: Sitting) -> Response:
    """A message as it came, byte for byte."""
    row = await _row(sitting, mail)
    return attached(row.content, "message/rfc822", row.sha256, f"{sitting.number}-{mail}.eml")


@router.api_route(f"{_HERE}/{{mail}}/files/{{place}}", methods=Reads, name="download_received_file")
async def file_of_message(
    mail: MailInPath, place: Annotated[int, Path(ge=0, le=10_000)], sitting: Sitting
) -> Response:
    """A file out of a message: always saved, never shown here, whatever it says it is."""
    row = await _row(sitting, mail)
    (seen,) = await mail_seen(sitting.session, (mail,))
    file = next((each for each in seen.mail.files if each.place == place), None)
    content = file_inside(row.content, place) if file else None
    if file is None or content is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    name = file.filename or f"{sitting.number}-{mail}-{place}"
    return attached(content, "application/octet-stream", f"{row.sha256}-{place}", name)


@router.post(f"{_HERE}/{{mail}}/handled")
async def handle(
    mail: MailInPath, sitting: Annotated[MonitoringSitting, Depends(HandlingPolicy())]
) -> Response:
    """It is dealt with: it stays on the page and waits no longer."""
    await _row(sitting, mail)
    await handle_mail(sitting.session, mail, sitting.caller.account, sitting.now)
    back = f"{sitting.home}/mail?lang={sitting.language.value}#mail-{mail}"
    return RedirectResponse(back, HTTPStatus.SEE_OTHER)


async def _row(sitting: MonitoringSitting, mail: int) -> ReceivedMailRow:
    row = await message_of(sitting.session, mail, sitting.number)
    if row is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    return row
