"""How every page leaves: with strict headers, and with words instead of an error's JSON."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from activities.observing.codes import LogCode
from activities.observing.logs import Log, place_of
from activities.registries.local_day import local_day
from api.http.branches import Branch
from api.http.deps import moment
from api.http.languages import language_of
from api.pages.forms.typed import fields_of, typed_in, written
from api.pages.site.rendering import page
from api.pages.site.stopping import STATUS, Elsewhere, StopKind, Stopped
from api.pages.staff.menu import Menu, menu_of
from api.pages.staff.session import signed_in
from api.problems.away import AWAY
from api.problems.problem import Failed, ProblemCode, too_many
from api.services.limits import TooMany
from api.services.services import services
from models.vocabulary.procedure import Language

LOG = Log("api.pages")
Reads: Final = ["GET", "HEAD"]
_RETRY_SECONDS: Final = 60

# Nothing but this site's own stylesheets: no script, no picture, no frame, no form that leads elsewhere.
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_NOT_INDEXED: Final = {"X-Robots-Tag": "noindex, nofollow, noarchive"}
# «Back» shows what a form was answered, from the browser's own memory: it could not be asked for again.
_GONE_BACK_TO: Final = {"Cache-Control": "private, no-cache"}
_PRIVATE: Final = ("/r/", "/monitorings", "/duties", "/staff", "/sign-")
_FAILED: Final = {
    401: StopKind.SIGNED_OUT,
    403: StopKind.NOT_ALLOWED,
    404: StopKind.NOT_FOUND,
    408: StopKind.TOO_SLOW,
    413: StopKind.TOO_LARGE,
    429: StopKind.TOO_MANY,
    503: StopKind.UNAVAILABLE,
}
_FORMS: Final = ("/r/", "/staff/")
_NOT_OURS: Final = frozenset({StopKind.FOREIGN_ORIGIN, StopKind.INVALID})
_LEADS_ON: Final = frozenset(
    {
        StopKind.NOT_FOUND,
        StopKind.NO_DAY,
        StopKind.DAY_AHEAD,
        StopKind.DAY_BEFORE,
        StopKind.DAY_UNTOLD,
        StopKind.NOT_ALLOWED,
        StopKind.STEPPED_ASIDE,
        StopKind.ADMINISTRATORS,
        StopKind.TOO_LARGE,
        StopKind.UNREADABLE,
    }
)
_RETRIES: Final = {StopKind.UNAVAILABLE: _RETRY_SECONDS}
_HTTP: Final = {404: StopKind.NOT_FOUND, 405: StopKind.NOT_FOUND, 413: StopKind.TOO_LARGE}


class PageRoute(APIRoute):
    """A route whose every answer is a page."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            return _guarded(await handle(request), request)

        return handler

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What goes wrong becomes a page once it has left the route: by then it was rolled back.

        Every exception does, a commit's too: people read no JSON.
        """
        scope["starlette.exception_handlers"] = ({Exception: told_to_people}, {})
        try:
            await super().handle(scope, receive, send)
        except HTTPException as error:  # raised before the route itself: a method it does not know
            await (await told_to_people(Request(scope), error))(scope, receive, send)


def page_router() -> Branch:
    return Branch(route_class=PageRoute)


def language_asked(request: Request) -> Language | None:
    """The language somebody switched to (`?lang=`); anything else is no choice."""
    asked = request.query_params.get("lang", "")
    return Language(asked) if asked in set(Language) else None


def readers_language(request: Request) -> Language:
    """For pages that belong to no letter: the switch, else what the browser prefers."""
    return language_asked(request) or language_of(request)


def _stop_for(error: Exception) -> Stopped:
    if isinstance(error, HTTPException) and isinstance(error.__cause__, Failed):
        error = error.__cause__  # while the body was read
    if isinstance(error, TooMany):
        error = too_many(error.retry_after)
    match error:
        case Stopped():
            return error
        case Failed():
            retry = error.headers.get("Retry-After")
            kind = _FAILED.get(error.status, StopKind.UNREADABLE)
            if error.refusals[0].code == ProblemCode.STEPPED_ASIDE:
                kind = StopKind.STEPPED_ASIDE
            return Stopped(kind, retry_after=int(retry) if retry else _RETRIES.get(kind))
        case HTTPException():
            return Stopped(_HTTP.get(error.status_code, StopKind.UNREADABLE))
        case RequestValidationError():
            return Stopped(StopKind.NOT_FOUND)
    if isinstance(error, AWAY):
        return Stopped(StopKind.UNAVAILABLE, retry_after=_RETRY_SECONDS)
    # The message of an exception may quote what people typed: its type and place are enough.
    LOG.error(LogCode.PAGE_FAILED, fault=type(error).__name__, place=place_of(error))
    return Stopped(StopKind.FAULT)


async def told_to_people(request: Request, error: Exception) -> Response:
    """An exception as a page, or as the way to another one."""
    if isinstance(error, Elsewhere):
        return _guarded(RedirectResponse(error.address, HTTPStatus.SEE_OTHER), request)
    stop = _stop_for(error)
    return _guarded(await _stopped(stop, request, await _unsent(stop, request)), request)


async def _unsent(stop: Stopped, request: Request) -> tuple[str, ...]:
    """What somebody had typed into the form that is not taken, to be read and copied."""
    if request.method != "POST" or not request.url.path.startswith(_FORMS) or stop.kind in _NOT_OURS:
        return ()
    try:
        return written(typed_in(await fields_of(request)))
    except (Failed, HTTPException, RuntimeError):
        return ()  # it could not be read to its end


def reads_pages(request: Request) -> bool:
    """Whether somebody at a browser asks, for something outside the API."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")


async def stopped_page(stop: Stopped, request: Request) -> Response:
    """The page of a stop, for addresses that belong to no route."""
    return _guarded(await _stopped(stop, request), request)


def _guarded(response: Response, request: Request) -> Response:
    """With the strict headers, where it has none of its own."""
    private = _NOT_INDEXED if request.url.path.startswith(_PRIVATE) else {}
    taken = _GONE_BACK_TO if request.method == "POST" and request.url.path.startswith(_FORMS) else {}
    for name, value in (_HEADERS | private | taken).items():
        response.headers.setdefault(name, value)
    return response


async def _stopped(stop: Stopped, request: Request, unsent: tuple[str, ...] = ()) -> Response:
    headers = {"Retry-After": str(stop.retry_after)} if stop.retry_after else {}
    letters: Language | None = getattr(request.state, "language", None)  # once its link has been read
    language = language_asked(request) or stop.language or letters or language_of(request)
    shown = {"stop": stop, "here": request.url.path, "unsent": unsent, "menu": await _menu(stop, request)}
    return page("stopped.html", language, STATUS[stop.kind], headers, **shown)


async def _menu(stop: Stopped, request: Request) -> Menu | None:
    """The ways on of whoever is signed in; none behind a letter's link, nor where the database is away."""
    if stop.kind not in _LEADS_ON or request.url.path.startswith("/r/"):
        return None
    given = services(request)
    try:
        async with given.reads() as session:
            now = moment()
            caller = await signed_in(request, given.settings, session, now)
            return await menu_of(session, caller, local_day(now)) if caller else None
    except AWAY:
        return None
