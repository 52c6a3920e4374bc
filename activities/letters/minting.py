"""Links of letters: each copy that may leave gets one of its own, and opens only by it."""

import secrets
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, exists, insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.letters.data import LetterData
from models.letters.links import Link, mint
from models.settings.environment import Settings
from models.tables.links import MintedLinkRow

_KEY_BYTES: Final = 24


async def with_link(session: AsyncSession, data: LetterData, settings: Settings, now: datetime) -> LetterData:
    """The letter with a link for whoever answers by one. It works once the transaction is committed.

    A try whose answer was lost may have arrived: its link goes on working beside that of the next try.
    """
    letter = data.order.letter
    if letter.purpose is None:
        return data
    key = secrets.token_urlsafe(_KEY_BYTES)
    link = Link(number=data.number, letter=letter.id, purpose=letter.purpose, key=key)
    row = insert(MintedLinkRow).values(
        key_sha256=link.key_sha256, number=link.number, letter=link.letter, attempt=letter.attempt, at=now
    )
    await session.exec(row)
    token = mint(settings.link_secrets(), link)
    return data.model_copy(update={"link": f"{settings.public_url.rstrip('/')}/r/{token}"})


def given_out(link: Link) -> ColumnElement[bool]:
    """Whether a link that is signed was in a letter; letters of earlier releases had links without a key."""
    minted = select(MintedLinkRow.key_sha256).where(*_of_letter(link))
    if not link.key:
        return ~exists(minted)
    return exists(minted.where(MintedLinkRow.key_sha256 == link.key_sha256))


async def was_given_out(session: AsyncSession, link: Link) -> bool:
    """The same, asked by itself."""
    return bool((await session.exec(select(given_out(link)))).one())


def _of_letter(link: Link) -> tuple[ColumnElement[bool], ...]:
    return (col(MintedLinkRow.number) == link.number, col(MintedLinkRow.letter) == link.letter)
