"""The ways in to the pages: which there are, the token of an account, and out again."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Query, Request, Response
from fastapi.responses import RedirectResponse

from api.access.auth import shown_token
from api.access.routing import public
from api.http.deps import Now, Session
from api.http.requests import cut_to
from api.pages.sign_in.form import SignInFault, in_language, sign_in_form
from api.pages.site.origin import check_origin
from api.pages.site.routing import Reads, page_router
from api.pages.staff.menu import HOME
from api.pages.staff.session import sign_in, sign_out, signed_in
from api.pages.staff.sign_in_first import SIGN_IN, way_on
from api.services.services import AnyServices
from models.vocabulary.scopes import EVERY_SCOPE

router = page_router()
_LONGEST = 500


@router.api_route(SIGN_IN, methods=Reads, dependencies=[public()])
async def show_sign_in(
    request: Request,
    services: AnyServices,
    session: Session,
    now: Now,
    way: Annotated[str, Query(alias="next"), cut_to(_LONGEST)] = "",
    out: str = "",
) -> Response:
    """The ways in; whoever is signed in goes on."""
    if await signed_in(request, services.settings, session, now) is not None:
        return RedirectResponse(in_language(way_on(way) or HOME, request), HTTPStatus.SEE_OTHER)
    return sign_in_form(request, way_on(way), out=bool(out))


@router.post(SIGN_IN, dependencies=[public()])
async def take_sign_in(request: Request, services: AnyServices, session: Session, now: Now) -> Response:
    """Look the token up and let the browser remember it by a cookie."""
    check_origin(request, services.settings)
    form = await request.form(max_files=0, max_fields=5, max_part_size=4_096)
    token, way = (str(form.get(name, "")).strip() for name in ("token", "next"))
    holder = await shown_token(request, session, now, token) if token else None
    if holder is None:
        return sign_in_form(request, way_on(way), fault=SignInFault.TOKEN_WRONG)
    if holder.caller.scopes != EVERY_SCOPE:
        return sign_in_form(request, way_on(way), fault=SignInFault.TOKEN_NARROW)
    response = RedirectResponse(in_language(way_on(way) or HOME, request), HTTPStatus.SEE_OTHER)
    await sign_in(response, services.settings, session, holder.entrance, now)
    return response


@router.post("/sign-out", dependencies=[public()])
async def take_sign_out(request: Request, services: AnyServices, session: Session, now: Now) -> Response:
    """End the session, wherever its cookie was copied to."""
    check_origin(request, services.settings)
    response = RedirectResponse(in_language(f"{SIGN_IN}?out=1", request), HTTPStatus.SEE_OTHER)
    await sign_out(request, response, services.settings, session, now)
    response.headers["Clear-Site-Data"] = '"cache"'  # what forms were answered is not there for the next one
    return response
