"""Who is signed in on the pages: a signed cookie names the token that was shown, for some hours.

The cookie holds the token's id, not the token: it opens these pages only, and ends with the token. No other
site can make a browser send it (SameSite=Strict), no script can read it (HttpOnly).
"""

import hashlib
from datetime import datetime
from typing import Final

from fastapi import Request, Response
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import TokenHolder, holder_of
from api.access.tokens import token_sha256
from models.settings.environment import Settings
from models.tables.tokens import TokenRow

HOURS: Final = 8
_SALT: Final = "page-session/1"
_LONGEST: Final = 400


def cookie_name(settings: Settings) -> str:
    """With TLS the browser itself vouches that this host has set it, and nobody else."""
    return "__Host-session" if _secure(settings) else "session"


async def shown_token(session: AsyncSession, token: str, now: datetime) -> TokenHolder | None:
    """Whom a token that was typed in stands for."""
    return await holder_of(session, now, col(TokenRow.sha256) == token_sha256(token))


async def signed_in(
    request: Request, settings: Settings, session: AsyncSession, now: datetime
) -> TokenHolder | None:
    """Whom the request's cookie stands for, if its token is still in force."""
    sealed = request.cookies.get(cookie_name(settings), "")[:_LONGEST]
    try:
        token = _serializer(settings).loads(sealed, max_age=HOURS * 3_600)
    except BadData:
        return None
    return await holder_of(session, now, col(TokenRow.id) == str(token))


def sign_in(response: Response, settings: Settings, holder: TokenHolder) -> None:
    """Let the browser remember who it is."""
    response.set_cookie(
        cookie_name(settings),
        _serializer(settings).dumps(holder.token),
        max_age=HOURS * 3_600,
        path="/",
        secure=_secure(settings),
        httponly=True,
        samesite="strict",
    )


def sign_out(response: Response, settings: Settings) -> None:
    """Let the browser forget it."""
    response.delete_cookie(
        cookie_name(settings), path="/", secure=_secure(settings), httponly=True, samesite="strict"
    )


def _secure(settings: Settings) -> bool:
    return settings.public_url.startswith("https://")


def _serializer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        list(settings.link_secrets()[::-1]),  # the last one signs, each one reads
        salt=_SALT,
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )
