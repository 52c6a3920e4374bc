"""Who may send a body, asked before a byte of it is read: callers, holders of links, people signed in."""

from datetime import datetime
from typing import Final

from fastapi import Request

from api.access.auth import caller_shown, unauthenticated
from api.http.bodies import SMALL_BYTES, Admitted, address_of, known_sender, known_writer
from api.http.deps import moment, present
from api.pages.staff.session import known_browser
from api.problems.problem import not_found
from api.services.services import Services, services
from models.letters.links import BadLink, verify

_API: Final = "/api/"
_LINKS: Final = "/r/"
_STAFF: Final = ("/staff/", "/monitorings/", "/duties/")
_BEARER: Final = "bearer "


async def door(request: Request) -> Admitted:
    """Raises Failed or TooMany for whoever may send nothing; what opens no door is small."""
    given, path = services(request), request.url.path
    if path.startswith(_API):
        return await _caller(request, given)
    if path.startswith(_LINKS):
        return _holder_of_link(request, given)
    if path.startswith(_STAFF):
        return await _browser(request, given)
    return _stranger(request)


def _stranger(request: Request) -> Admitted:
    return Admitted(SMALL_BYTES, (address_of(request).replace("address/", "stranger/", 1),))


async def _caller(request: Request, given: Services) -> Admitted:
    authorization = request.headers.get("authorization", "")
    bears = authorization[: len(_BEARER)].lower() == _BEARER
    token = authorization[len(_BEARER) :].strip() if bears else None
    async with given.reads() as session:
        holder = await caller_shown(request, session, _now(request), token)
    return known_sender(request, f"account/{holder.caller.account}", address_of(request))


def _holder_of_link(request: Request, given: Services) -> Admitted:
    """A link is genuine or not by itself; what it still opens is asked when it is opened."""
    token = request.url.path.removeprefix(_LINKS).partition("/")[0]
    settings = given.settings
    try:
        link = verify(settings.link_secrets(), token, settings.link_days)
    except BadLink:
        raise not_found() from None
    return known_writer(request, f"link/{link.number}/{link.letter}", address_of(request))


async def _browser(request: Request, given: Services) -> Admitted:
    """Whose sign-in is over by now is known all the same: the form is shown again with what was typed."""
    async with given.reads() as session:
        row = await known_browser(request, given.settings, session)
    if row is not None:
        return known_writer(request, f"account/{row.account}", address_of(request))
    if int(request.headers.get("content-length", "0") or "0") > SMALL_BYTES:
        raise unauthenticated(given=False)
    return _stranger(request)


def _now(request: Request) -> datetime:
    """The moment of the request, which a test may have set."""
    told: datetime = request.app.dependency_overrides.get(present, moment)()
    return told
