"""Who is signed in on the pages.

No other site can make a browser send the cookie (SameSite=Strict), no script can read it (HttpOnly).
"""

from datetime import datetime

from fastapi import Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import BY_ID, Caller, account_in_force, holder_of
from api.access.sessions import REMEMBERED_SECONDS, Door, Entrance, begin, counts, end, known
from models.settings.environment import Settings
from models.tables.sessions import SessionRow
from models.vocabulary.procedure import Id


def cookie_name(settings: Settings) -> str:
    """With TLS the browser itself vouches that this host has set it, and nobody else."""
    return "__Host-session" if _secure(settings) else "session"


async def signed_in(
    request: Request, settings: Settings, session: AsyncSession, now: datetime
) -> Caller | None:
    """Whom the request's cookie stands for, if nothing has ended it."""
    row = await known_browser(request, settings, session)
    if row is None or not counts(row, now):
        return None
    if row.token is None:
        return await account_in_force(session, now, row.account)
    holder = await holder_of(session, now, BY_ID, row.token)
    return holder.caller if holder else None


async def known_browser(request: Request, settings: Settings, session: AsyncSession) -> SessionRow | None:
    """The row of a browser that has signed in, whether or not that still counts."""
    kept = request.cookies.get(cookie_name(settings), "")
    return await known(request, session, Door.PAGES, kept) if kept else None


async def formerly_signed_in(request: Request, settings: Settings, session: AsyncSession) -> Id | None:
    """Whose browser it was, where that no longer counts: what was typed is kept under this account."""
    row = await known_browser(request, settings, session)
    return row.account if row else None


async def sign_in(
    response: Response, settings: Settings, session: AsyncSession, entrance: Entrance, now: datetime
) -> None:
    """Let the browser remember who it is."""
    response.set_cookie(
        cookie_name(settings),
        await begin(session, Door.PAGES, entrance, now),
        max_age=REMEMBERED_SECONDS,  # it opens nothing after its hours, but still says whose form was open
        path="/",
        secure=_secure(settings),
        httponly=True,
        samesite="strict",
    )


async def sign_out(
    request: Request, response: Response, settings: Settings, session: AsyncSession, now: datetime
) -> None:
    """End what the cookie stands for, and let the browser forget it."""
    row = await known_browser(request, settings, session)
    if row is not None:
        await end(session, row, now)
    response.delete_cookie(
        cookie_name(settings), path="/", secure=_secure(settings), httponly=True, samesite="strict"
    )


def _secure(settings: Settings) -> bool:
    return settings.public_url.startswith("https://")
