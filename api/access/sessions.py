"""Sign-ins of browsers: a cookie of random words stands for a row, which names the account.

The row holds the words' hash and ends with its account, with the token that was shown, by signing out, or
after some hours, wherever the cookie was copied to. A cookie of one door opens no other. Each that begins is
written down for good (`sign_ins`).
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from fastapi import Request
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.observing.metrics import SIGN_INS
from api.access.tokens import RANDOM_BYTES
from api.access.trying import wait_to_try, was_wrong
from models.tables.accounts import AccountRow
from models.tables.sessions import SessionRow
from models.tables.sign_ins import SignInRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id
from models.vocabulary.sign_in import WayIn

HOURS: Final = 8
_REMEMBERED: Final = timedelta(days=7)  # after that nothing tells an old cookie from a forged one
REMEMBERED_SECONDS: Final = int(_REMEMBERED.total_seconds())


class Door(StrEnum):
    """What a session opens."""

    PAGES = "pages"
    CODEC = "codec"


class Entrance(Model):
    """Whose account it is, and by which way they came in; `token` is the id of one that was shown."""

    account: Id
    organisation: Id
    way: WayIn
    token: str | None = None
    subject: str = ""


async def begin(session: AsyncSession, door: Door, entrance: Entrance, now: datetime) -> str:
    """What the cookie is to hold, for whoever came in. What is long over is forgotten here."""
    kept = secrets.token_urlsafe(RANDOM_BYTES)
    row = SessionRow(
        sha256=_sha256(door, kept),
        door=door.value,
        account=entrance.account,
        token=entrance.token,
        at=now,
        expires_at=now + timedelta(hours=HOURS),
    )
    session.add(row)
    session.add(SignInRow(**entrance.model_dump(mode="json"), door=door.value, at=now))
    SIGN_INS.labels(entrance.way.value).inc()
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


async def end_those_by_mail(session: AsyncSession, person: Id, now: datetime) -> None:
    """What was opened by way of a person's address, when that address is theirs no longer."""
    theirs = select(AccountRow.id).where(AccountRow.person == person)
    ended = update(SessionRow).where(col(SessionRow.account).in_(theirs), col(SessionRow.token).is_(None))
    await session.exec(ended.where(col(SessionRow.ended_at).is_(None)).values(ended_at=now))


async def end(session: AsyncSession, row: SessionRow, now: datetime) -> None:
    """It, and what the same token opened at the codec, whose cookie no page is shown."""
    of_token = (col(SessionRow.token) == row.token) & (col(SessionRow.door) == Door.CODEC.value)
    ended = update(SessionRow).where((col(SessionRow.sha256) == row.sha256) | of_token)
    await session.exec(ended.where(col(SessionRow.ended_at).is_(None)).values(ended_at=now))


def _sha256(door: Door, kept: str) -> str:
    return hashlib.sha256(f"{door.value}\n{kept}".encode("utf-8", "surrogateescape")).hexdigest()
