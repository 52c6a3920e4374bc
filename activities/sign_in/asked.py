"""Letters about signing in: written down with the request, forgotten once they are settled."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.service_letters.queue import write
from models.tables.sign_ins import SignInLetterRow
from models.vocabulary.procedure import Language
from models.vocabulary.sign_in import LINK_MINUTES, SignInLetterKind, SignInLetterOutcome

_REMEMBERED: Final = timedelta(days=7)
_WANTED: Final = {
    SignInLetterKind.LINK: timedelta(minutes=LINK_MINUTES),
    SignInLetterKind.ADDRESS_CHANGED: timedelta(days=3),
    SignInLetterKind.TOKEN_EXPIRES: timedelta(days=3),
    SignInLetterKind.WEBHOOK_DISABLED: timedelta(days=3),
}


def link_asked(address: str, way_on: str, now: datetime) -> SignInLetterRow:
    """The row of a letter with a link, whoever's the address may be; the caller adds it, and commits."""
    kind = SignInLetterKind.LINK.value
    return SignInLetterRow(
        id=uuid4().hex, kind=kind, address=address, way_on=way_on, asked_at=now, next_try_at=now
    )


def change_told(former: str, language: Language, now: datetime) -> SignInLetterRow:
    """The row of a letter to an address that opens somebody's account no longer; likewise."""
    kind = SignInLetterKind.ADDRESS_CHANGED.value
    return SignInLetterRow(
        id=uuid4().hex, kind=kind, address=former, language=language.value, asked_at=now, next_try_at=now
    )


def token_expires(
    address: str, language: Language, label: str, last_day: date, now: datetime
) -> SignInLetterRow:
    """The row of a letter to whom a token is of, before it opens nothing any more; likewise."""
    facts = {"label": label, "last_day": last_day.isoformat()}
    return _told(SignInLetterKind.TOKEN_EXPIRES, address, language, facts, now)


def webhook_disabled(
    address: str, language: Language, label: str, host: str, now: datetime
) -> SignInLetterRow:
    """The row of a letter to whoever registered an address that takes nothing any more; likewise."""
    return _told(SignInLetterKind.WEBHOOK_DISABLED, address, language, {"label": label, "host": host}, now)


def _told(
    kind: SignInLetterKind, address: str, language: Language, facts: dict[str, str], now: datetime
) -> SignInLetterRow:
    return SignInLetterRow(
        id=uuid4().hex,
        kind=kind.value,
        address=address,
        language=language.value,
        facts=facts,
        asked_at=now,
        next_try_at=now,
    )


def too_late(row: SignInLetterRow, now: datetime) -> bool:
    """Whether whoever asked has asked again by now, or does not wait any more."""
    return now - row.asked_at >= _WANTED[SignInLetterKind(row.kind)]


async def settle(
    session: AsyncSession, row: SignInLetterRow, outcome: SignInLetterOutcome, code: str, now: datetime
) -> None:
    """Say what became of it, and forget the address; what is long over is forgotten whole. Commits."""
    await write(session, row, {"outcome": outcome.value, "code": code, "address": ""})
    old = (col(SignInLetterRow.asked_at) < now - _REMEMBERED) & (
        col(SignInLetterRow.outcome) != SignInLetterOutcome.WAITS.value
    )
    await session.exec(delete(SignInLetterRow).where(old))
    await session.commit()
