"""Mail that names no letter: it waits for an administrator to say whose it is, with what can be guessed."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import rows_among
from activities.registries.local_day import local_day
from api.access.auth import Caller
from api.access.policy import forbidden
from api.http.deps import Now, Session, Today
from api.http.downloads import attached
from api.pages.desk.sitting import staff
from api.pages.site.origin import check_origin
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.staff.menu import Menu, menu_of
from api.pages.workplace.mail import MailInPath
from api.pages.workplace.mail_said import mail_said
from api.pages.workplace.turning import turned
from api.problems.problem import ProblemCode, not_found
from api.services.services import AnyServices
from api.views.received_mail import MailSeen, handle_mail, mail_seen, message_of, queue_ids
from models.tables.deliveries import DeliveryRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.access import Action, Relation, may
from models.vocabulary.procedure import Language, Number

router = page_router()
_HERE: Final = "/staff/mail"
_AT_ONCE: Final = 10


class QueuePolicy:
    """For whoever keeps the registries of the installation."""

    actions = (Action.WRITE_REGISTRIES,)

    async def __call__(self, request: Request, services: AnyServices, session: Session, now: Now) -> Caller:
        """Raises Elsewhere (to sign in), Failed (403), Stopped (403) for what another site sent."""
        if request.method == "POST":
            check_origin(request, services.settings)
        caller = await staff(request, services, session, now)
        if not may(caller.role, self.actions[0], Relation.NONE):
            raise forbidden(caller, self.actions[0])
        return caller


Keeper = Annotated[Caller, Depends(QueuePolicy())]


@router.api_route(_HERE, methods=Reads)
async def show_queue(request: Request, session: Session, today: Today, keeper: Keeper) -> Response:
    """The oldest first: what waits longest is looked at first."""
    return await _queue(request, session, await menu_of(session, keeper, today), today)


@router.api_route(f"{_HERE}/{{mail}}/eml", methods=Reads, name="download_unknown_mail")
async def whole_message(mail: MailInPath, session: Session, _: Keeper) -> Response:
    """A message as it came, byte for byte."""
    row = await message_of(session, mail, None)
    if row is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    return attached(row.content, "message/rfc822", row.sha256, f"mail-{mail}.eml")


@router.post(f"{_HERE}/{{mail}}")
async def give(
    mail: MailInPath,
    request: Request,
    session: Session,
    now: Now,
    today: Today,
    caller: Keeper,
    number: Annotated[str, Form(max_length=60)] = "",
) -> Response:
    """It is given to the monitoring it belongs to, or set aside where no number is given."""
    if await message_of(session, mail, None) is None:
        raise not_found(ProblemCode.ATTACHMENT_UNKNOWN)
    wanted = number.strip().upper()
    if wanted and await session.get(MonitoringRow, wanted) is None:
        menu = await menu_of(session, caller, today)
        return await _queue(request, session, menu, today, unknown=wanted)
    await handle_mail(session, mail, caller.account, now, wanted or None)
    return RedirectResponse(f"{_HERE}?lang={readers_language(request).value}", HTTPStatus.SEE_OTHER)


async def _queue(
    request: Request, session: AsyncSession, menu: Menu, today: date, unknown: str = ""
) -> Response:
    language = readers_language(request)
    waiting = await queue_ids(session)
    part = turned(waiting, request.query_params, _AT_ONCE)
    seen = await mail_seen(session, part.rows)
    return page(
        "workplace/mail_queue.html",
        language,
        HTTPStatus.UNPROCESSABLE_ENTITY if unknown else HTTPStatus.OK,
        here=_HERE,
        menu=menu,
        switch={each.value: f"{_HERE}?lang={each.value}" for each in Language},
        total=len(waiting),
        part=part,
        lines=await mail_said(session, language, seen, {}),
        guesses={each.id: await _guesses(session, each) for each in seen},
        waits={each.id: (today - local_day(each.at)).days for each in seen},
        unknown=unknown,
    )


async def _guesses(session: AsyncSession, mail: MailSeen) -> tuple[Number, ...]:
    """Monitorings it may belong to: by a number read in it, then by whom the same domain was written to."""
    number = col(MonitoringRow.number)
    found = list(await rows_among(session, select(number), number, mail.mail.numbers))
    domain = (mail.mail.writer or mail.sender).rpartition("@")[2]
    if domain:
        written = (
            select(DeliveryRow.number)
            .join(MonitoringRow, col(MonitoringRow.number) == col(DeliveryRow.number))
            .where(col(DeliveryRow.address).iendswith(f"@{domain}", autoescape=True))
            .order_by(col(DeliveryRow.id).desc())
        )
        found += (await session.exec(written.limit(50))).all()
    return tuple(dict.fromkeys(found))[:5]
