"""One's own settings: how news comes. They change nothing of any monitoring."""

from http import HTTPStatus
from typing import Final

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from activities.letters.gathering import prefer, preference_of
from api.access.auth import Caller
from api.access.routing import public
from api.http.deps import Now, Session, Today
from api.pages.desk.sitting import staff
from api.pages.site.origin import check_origin
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.site.stopping import StopKind, Stopped
from api.pages.staff.menu import menu_of
from api.services.services import AnyServices
from models.calendar.working import WORKING_HOURS
from models.letters.preference import LetterPreference
from models.vocabulary.access import Action, Relation, may

router = page_router()
PATH: Final = "/staff/settings"
HOURS: Final = tuple(range(WORKING_HOURS.opens.hour, WORKING_HOURS.closes.hour))


@router.api_route(PATH, methods=Reads, dependencies=[public()])
async def show_settings(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now, saved: str = ""
) -> Response:
    """How it stands, and what can be chosen."""
    caller = await _whoever_is_told(request, services, session, now)
    wanted = await preference_of(session, caller.account)
    return await _shown(request, session, caller, today, wanted, saved=bool(saved))


@router.post(PATH, dependencies=[public()])
async def choose_settings(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """Keep what was chosen; what waits already leaves as it was to."""
    check_origin(request, services.settings)
    caller = await _whoever_is_told(request, services, session, now)
    form = await request.form(max_files=0, max_fields=5, max_part_size=100)
    given = {"at_once": False, "gathered": True}.get(str(form.get("news", "")))
    try:
        wanted = LetterPreference.model_validate({"gathered": given, "hour": form.get("hour")})
    except ValidationError:
        known = await preference_of(session, caller.account)
        return await _shown(request, session, caller, today, known, wrong=True)
    await prefer(session, caller.account, wanted, now)
    language = readers_language(request).value
    return RedirectResponse(f"{PATH}?saved=1&lang={language}", HTTPStatus.SEE_OTHER)


async def _whoever_is_told(request: Request, services: AnyServices, session: Session, now: Now) -> Caller:
    """News goes to whoever may coordinate a monitoring, and to heads. Raises Elsewhere, Stopped (403)."""
    caller = await staff(request, services, session, now)
    if not may(caller.role, Action.START_MONITORING, Relation.NONE):
        raise Stopped(StopKind.NOT_ALLOWED)
    return caller


async def _shown(
    request: Request,
    session: Session,
    caller: Caller,
    today: Today,
    wanted: LetterPreference,
    *,
    saved: bool = False,
    wrong: bool = False,
) -> Response:
    return page(
        "workplace/settings.html",
        readers_language(request),
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        here=PATH,
        menu=await menu_of(session, caller, today),
        wanted=wanted,
        hours=HOURS,
        saved=saved,
        wrong=wrong,
    )
