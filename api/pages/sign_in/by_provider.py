"""Signing in by the provider: there, and back with its word for who somebody is.

Its word opens a link of ours, which is then pressed like one that was mailed: sessions begin in one place,
whoever has several accounts chooses there, and the cookie is set by a page of this site (SameSite=Strict).
"""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Query, Request, Response
from fastapi.responses import RedirectResponse

from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.sign_in.accounts import AccountAt, accounts_at
from activities.sign_in.id_token import Claims, NotBelieved
from activities.sign_in.links import PATH, Opening, give_out
from activities.sign_in.provider import Provider, ProviderAway
from activities.sign_in.visits import MINUTES, Visit, come_back, set_out
from api.access.routing import public
from api.http.bodies import address_of
from api.http.deps import Now, Session, Today
from api.http.requests import cut_to
from api.pages.sign_in.form import SignInFault, in_language, sign_in_form
from api.pages.site.routing import page_router, readers_language
from api.pages.site.stopping import StopKind, Stopped
from api.pages.staff.sign_in_first import way_on
from api.services.services import AnyServices, Services
from models.settings.environment import Settings
from models.vocabulary.sign_in import WayIn

router = page_router()
THERE: Final = "/sign-in/provider"
BACK: Final = "/sign-in/provider/back"
_LONGEST: Final = 4_096
log = Log(__name__)


class NotSignedIn(Exception):
    """The provider's way led nowhere, and why."""

    def __init__(self, fault: SignInFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@router.get(THERE, dependencies=[public()])
async def show_way_to_provider(
    request: Request,
    services: AnyServices,
    session: Session,
    now: Now,
    way: Annotated[str, Query(alias="next"), cut_to(500)] = "",
) -> Response:
    """To the provider, with what the browser has to bring back. It signs nobody in. Raises TooMany."""
    provider, visit = _provider(services), Visit.new()
    services.limits.visits_from.check(address_of(request))
    try:
        address = await provider.way_there(visit, readers_language(request).value)
    except ProviderAway:
        return sign_in_form(request, way_on(way), fault=SignInFault.PROVIDER_AWAY)
    await set_out(session, visit, way_on(way), now)
    response = RedirectResponse(address, HTTPStatus.SEE_OTHER)
    response.set_cookie(
        _cookie_name(services.settings),
        visit.words,
        max_age=MINUTES * 60,
        path="/",
        secure=_secure(services.settings),
        httponly=True,
        samesite="lax",  # it has to come along when the provider sends the browser back
    )
    return response


@router.get(BACK, dependencies=[public()])
async def show_back_from_provider(
    request: Request,
    services: AnyServices,
    session: Session,
    today: Today,
    now: Now,
    code: Annotated[str, Query(max_length=_LONGEST)] = "",
    state: Annotated[str, Query(max_length=_LONGEST)] = "",
    iss: Annotated[str | None, Query(max_length=_LONGEST)] = None,
    error: Annotated[str, Query(max_length=_LONGEST)] = "",
) -> Response:
    """Believe the provider's word after every check, and go on to the button that signs in."""
    provider = _provider(services)
    visit = Visit(words=request.cookies.get(_cookie_name(services.settings), ""))
    way = await come_back(session, visit, state, now) if visit.words else None
    await session.commit()  # nothing is held while the provider is asked
    if way is None:
        return sign_in_form(request, "", fault=SignInFault.PROVIDER_NOT_BEGUN)
    try:
        claims = await _believed(provider, "" if error else code, iss, visit, now)
        known = _admitted(provider, claims, await accounts_at(session, claims.email, today))
    except NotSignedIn as why:
        return sign_in_form(request, way, fault=why.fault)
    opening = Opening(
        way=WayIn.PROVIDER,
        address=claims.email,
        accounts=tuple(each.account for each in known),
        subject=claims.subject,
        way_on=way,
    )
    words = await give_out(session, opening, now)
    response = RedirectResponse(in_language(f"{PATH}{words}", request), HTTPStatus.SEE_OTHER)
    name, secure = _cookie_name(services.settings), _secure(services.settings)
    response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")
    return response


async def _believed(provider: Provider, code: str, iss: str | None, visit: Visit, now: Now) -> Claims:
    """Who the provider says it is, by a verified address. Raises NotSignedIn."""
    if not code:
        raise NotSignedIn(SignInFault.PROVIDER_DENIED)
    try:
        claims = await provider.identity(code, iss, visit, now)
    except ProviderAway:
        raise NotSignedIn(SignInFault.PROVIDER_AWAY) from None
    except NotBelieved as why:
        log.warning(LogCode.PROVIDER_NOT_BELIEVED, claim=why.reason)
        raise NotSignedIn(SignInFault.PROVIDER_REFUSED) from None
    if not claims.email or not claims.email_verified:
        raise NotSignedIn(SignInFault.PROVIDER_UNVERIFIED)
    return claims


def _admitted(provider: Provider, claims: Claims, known: tuple[AccountAt, ...]) -> tuple[AccountAt, ...]:
    """Groups narrow and never widen: they give no account, and no role that an account has not.

    Raises NotSignedIn where nothing is left.
    """
    roles = provider.given.roles_of(claims.groups or ())
    admitted = known if roles is None else tuple(each for each in known if each.role in roles)
    if not admitted:
        raise NotSignedIn(SignInFault.PROVIDER_NOBODY)
    return admitted


def _provider(services: Services) -> Provider:
    if services.provider is None:
        raise Stopped(StopKind.NOT_FOUND)
    return services.provider


def _cookie_name(settings: Settings) -> str:
    return "__Host-visit" if _secure(settings) else "visit"


def _secure(settings: Settings) -> bool:
    return settings.public_url.startswith("https://")
