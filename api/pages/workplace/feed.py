"""Due dates for calendar programs: a secret address, made and revoked on a page, read without a sign-in."""

from typing import Annotated

from fastapi import Path, Request, Response

from api.access.auth import Caller
from api.access.feeds import caller_of, feed_sha256, made_at, make, revoke
from api.access.routing import public
from api.access.trying import wait_to_try, was_right, was_wrong
from api.http.deps import Now, Session, Today
from api.pages.desk.sitting import staff
from api.pages.site.origin import check_origin
from api.pages.site.rendering import page
from api.pages.site.routing import Reads, page_router, readers_language
from api.pages.site.stopping import StopKind, Stopped
from api.pages.staff.menu import menu_of
from api.pages.workplace.due_dates import due_dates
from api.services.services import AnyServices

router = page_router()
_HERE = "/staff/due-dates"
Secret = Annotated[str, Path(max_length=100)]


@router.api_route("/due-dates/{secret}.ics", methods=Reads, dependencies=[public()])
async def fetch_due_dates(
    secret: Secret, request: Request, services: AnyServices, session: Session, now: Now
) -> Response:
    """The calendar behind an address; slowly after many wrong ones."""
    subject = f"feed/{feed_sha256(secret)}"
    await wait_to_try(request, subject)
    caller = await caller_of(session, secret, now)
    if caller is None:
        was_wrong(request, subject)
        raise Stopped(StopKind.NOT_FOUND)
    was_right(request, subject)
    language = readers_language(request)
    body = await due_dates(session, caller, language, services.settings.public_url, now)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Language": language.value,
        "X-Robots-Tag": "noindex",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


@router.api_route(_HERE, methods=Reads, dependencies=[public()])
async def show_feed(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """Whether there is an address, what it shows, and what to press."""
    caller = await staff(request, services, session, now)
    return await _shown(request, session, caller, today, "")


@router.post(f"{_HERE}/address", dependencies=[public()])
async def make_address(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """A new address, shown once; the one before ends."""
    check_origin(request, services.settings)
    caller = await staff(request, services, session, now)
    secret = await make(session, caller.account, now)
    address = f"{services.settings.public_url.rstrip('/')}/due-dates/{secret}.ics"
    return await _shown(request, session, caller, today, address)


@router.post(f"{_HERE}/revocation", dependencies=[public()])
async def revoke_address(
    request: Request, services: AnyServices, session: Session, today: Today, now: Now
) -> Response:
    """No address any more."""
    check_origin(request, services.settings)
    caller = await staff(request, services, session, now)
    await revoke(session, caller.account, now)
    return await _shown(request, session, caller, today, "")


async def _shown(request: Request, session: Session, caller: Caller, today: Today, address: str) -> Response:
    language = readers_language(request)
    return page(
        "workplace/feed.html",
        language,
        headers={"Cache-Control": "no-store"},
        here=_HERE,
        menu=await menu_of(session, caller, today),
        address=address,
        since=await made_at(session, caller.account),
    )
