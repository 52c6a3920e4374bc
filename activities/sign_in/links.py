"""Links that open the pages once: of the random words in one only the SHA-256 is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.sign_in.accounts import address_sha256
from models.tables.sign_ins import SignInLinkRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id
from models.vocabulary.sign_in import LINK_MINUTES, WayIn

PATH: Final = "/sign-in/link/"
_BYTES: Final = 32
_REMEMBERED: Final = timedelta(days=7)
"""So long it is told that a link was used or came too late; after that it is one that never was."""


class LinkState(StrEnum):
    """What a link is worth at a moment."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


class Opening(Model):
    """What a link opens: these accounts, as long as their people have this address."""

    way: WayIn
    address: str
    accounts: tuple[Id, ...]
    way_on: str
    letter: str | None = None
    subject: str = ""


async def give_out(session: AsyncSession, opening: Opening, now: datetime) -> str:
    """Keep a new link: the words that stand in its address.

    What is long over is forgotten here. The caller commits.
    """
    words = secrets.token_urlsafe(_BYTES)
    await session.exec(delete(SignInLinkRow).where(col(SignInLinkRow.expires_at) < now - _REMEMBERED))
    row = SignInLinkRow(
        key_sha256=_sha256(words),
        way=opening.way.value,
        letter=opening.letter,
        address_sha256=address_sha256(opening.address),
        accounts=list(opening.accounts),
        subject=opening.subject,
        way_on=opening.way_on,
        expires_at=now + timedelta(minutes=LINK_MINUTES),
    )
    session.add(row)
    return words


async def link_of(session: AsyncSession, words: str) -> SignInLinkRow | None:
    """The link that is opened by these words."""
    return await session.get(SignInLinkRow, _sha256(words))


def state_of(link: SignInLinkRow, now: datetime) -> LinkState:
    if link.used_at is not None:
        return LinkState.USED
    return LinkState.OPEN if now < link.expires_at else LinkState.EXPIRED


async def use(session: AsyncSession, link: SignInLinkRow, now: datetime) -> bool:
    """Use it up, with the others of its letter; False where somebody was first. The caller commits."""
    same = select(SignInLinkRow).where(_of_one_letter(link)).order_by(col(SignInLinkRow.key_sha256))
    rows = (await session.exec(same.with_for_update().execution_options(populate_existing=True))).all()
    if not rows or any(row.used_at is not None for row in rows):
        return False
    for row in rows:
        row.used_at = now
    await session.flush()
    return True


async def was_used(session: AsyncSession, letter: str) -> bool:
    """Whether somebody came in by a link of this letter: then it arrived, whatever the mail server said."""
    used = select(SignInLinkRow.key_sha256).where(
        SignInLinkRow.letter == letter, col(SignInLinkRow.used_at).is_not(None)
    )
    return (await session.exec(used.limit(1))).first() is not None


def _of_one_letter(link: SignInLinkRow) -> ColumnElement[bool]:
    itself = col(SignInLinkRow.key_sha256) == link.key_sha256
    return itself if link.letter is None else or_(itself, col(SignInLinkRow.letter) == link.letter)


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogateescape")).hexdigest()
