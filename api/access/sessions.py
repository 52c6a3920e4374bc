"""Sign-ins of browsers: a cookie of random words stands for a row, which names the token that was shown.

The row holds the words' hash and ends with its token, by signing out, or after some hours, wherever the
cookie was copied to. A cookie of one door opens no other.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from fastapi import Request
from sqlmodel import col, delete, update
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.tokens import RANDOM_BYTES
from api.access.trying import wait_to_try, was_wrong
from models.tables.sessions import SessionRow

HOURS: Final = 8
_REMEMBERED: Final = timedelta(days=7)  # after that nothing tells an old cookie from a forged one
REMEMBERED_SECONDS: Final = int(_REMEMBERED.total_seconds())


class Door(StrEnum):
    """What a session opens."""

    PAGES = "pages"
    CODEC = "codec"


async def begin(session: AsyncSession, door: Door, token: str, now: datetime) -> str:
    """What the cookie is to hold, for the token of this id. What is long over is forgotten here."""
    kept = secrets.token_urlsafe(RANDOM_BYTES)
    until = now + timedelta(hours=HOURS)
    session.add(
        SessionRow(sha256=_sha256(door, kept), door=door.value, token=token, at=now, expires_at=until)
    )
    await session.exec(delete(SessionRow).where(col(SessionRow.expires_at) < now - _REMEMBERED))
    return kept


async def known(request: Request, session: AsyncSession, door: Door, kept: str) -> SessionRow | None:
    """The row of a cookie, whether or not it still counts; slowly after many forged ones."""
    sha256 = _sha256(door, kept)
    subject = f"session/{sha256}"
    await wait_to_try(request, subject)
    row = await session.get(SessionRow, sha256, populate_existing=True)
    if row is None:
        was_wrong(request, subject, told=False)  # the way to the sign-in stays open to everybody
    return row


def counts(row: SessionRow | None, now: datetime) -> bool:
    """Whether it opens anything; its token has a say, too."""
    return row is not None and row.ended_at is None and now < row.expires_at


async def end(session: AsyncSession, row: SessionRow, now: datetime) -> None:
    """It, and what the same token opened at the codec, whose cookie no page is shown."""
    of_token = (col(SessionRow.token) == row.token) & (col(SessionRow.door) == Door.CODEC.value)
    ended = update(SessionRow).where((col(SessionRow.sha256) == row.sha256) | of_token)
    await session.exec(ended.where(col(SessionRow.ended_at).is_(None)).values(ended_at=now))


def _sha256(door: Door, kept: str) -> str:
    return hashlib.sha256(f"{door.value}\n{kept}".encode("utf-8", "surrogateescape")).hexdigest()
