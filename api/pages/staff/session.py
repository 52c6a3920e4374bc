"""Who is signed in on the pages: a cookie of random words stands for a row, for some hours.

The row names the token that was shown, and ends with it or when its holder signs out, wherever the cookie was
copied to. The cookie opens these pages only; the row holds its hash. No other site can make a browser send it
(SameSite=Strict), no script can read it (HttpOnly).
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

from fastapi import Request, Response
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import TokenHolder, holder_of
from api.access.tokens import RANDOM_BYTES, token_sha256
from api.access.trying import wait_to_try, was_wrong
from models.settings.environment import Settings
from models.tables.sessions import SessionRow
from models.tables.tokens import TokenRow

HOURS: Final = 8
_REMEMBERED: Final = timedelta(days=7)  # after that nothing tells an old cookie from a forged one


def cookie_name(settings: Settings) -> str:
    """With TLS the browser itself vouches that this host has set it, and nobody else."""
    return "__Host-session" if _secure(settings) else "session"


async def signed_in(
    request: Request, settings: Settings, session: AsyncSession, now: datetime
) -> TokenHolder | None:
    """Whom the request's cookie stands for, if nothing has ended it."""
    row = await known_browser(request, settings, session)
    if row is None or row.ended_at is not None or now >= row.expires_at:
        return None
    return await holder_of(session, now, col(TokenRow.id) == row.token)


async def known_browser(request: Request, settings: Settings, session: AsyncSession) -> SessionRow | None:
    """The row of a browser that has signed in, whether or not that still counts."""
    kept = request.cookies.get(cookie_name(settings), "")
    if not kept:
        return None
    sha256 = token_sha256(kept)
    subject = f"session/{sha256}"
    await wait_to_try(request, subject)
    row = await session.get(SessionRow, sha256, populate_existing=True)
    if row is None:
        was_wrong(request, subject, told=False)  # the way to the sign-in stays open to everybody
    return row


async def sign_in(
    response: Response, settings: Settings, session: AsyncSession, holder: TokenHolder, now: datetime
) -> None:
    """Let the browser remember who it is. What is long over is forgotten here."""
    kept = secrets.token_urlsafe(RANDOM_BYTES)
    hours = timedelta(hours=HOURS)
    session.add(SessionRow(sha256=token_sha256(kept), token=holder.token, at=now, expires_at=now + hours))
    await session.exec(delete(SessionRow).where(col(SessionRow.expires_at) < now - _REMEMBERED))
    response.set_cookie(
        cookie_name(settings),
        kept,
        max_age=HOURS * 3_600,
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
    if row is not None and row.ended_at is None:
        row.ended_at = now
        session.add(row)
    response.delete_cookie(
        cookie_name(settings), path="/", secure=_secure(settings), httponly=True, samesite="strict"
    )


def _secure(settings: Settings) -> bool:
    return settings.public_url.startswith("https://")
