"""Bearer tokens of accounts: opaque, shown once, stored as their SHA-256 only.

A token has 256 random bits, so a plain hash is enough: there is nothing to guess and nothing to salt.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from models.tables.tokens import TokenRow
from models.vocabulary.procedure import Id
from models.vocabulary.scopes import EVERY_SCOPE, Scope

PREFIX: Final = "mon_"  # so that a leaked one is recognised by secret scanners
RANDOM_BYTES: Final = 32


SOON: Final = timedelta(days=14)
"""So long before it expires a token is warned of."""


class UnknownToken(LookupError):
    """There is no token of this id."""


def token_sha256(text: str) -> str:
    """The hash under which a token's text is stored and looked up (64 hexadecimal digits)."""
    return hashlib.sha256(text.encode()).hexdigest()


def in_force(token: TokenRow, now: datetime) -> bool:
    """Whether the token opens anything at the aware instant `now`: neither expired nor revoked."""
    return token.revoked_at is None and now < token.expires_at


def expires_soon(token: TokenRow, now: datetime) -> bool:
    """Whether a token that is in force ends within the days in which its expiry is warned of."""
    return in_force(token, now) and token.expires_at - now <= SOON


async def issue(
    session: AsyncSession,
    account: Id,
    label: str,
    days: int,
    now: datetime,
    *,
    scopes: frozenset[Scope] = EVERY_SCOPE,
    by: Id | None = None,
) -> tuple[TokenRow, str]:
    """Give the account a token for `days` calendar days from the aware instant `now`: its row and its text.

    `by` is the account that issues it, none for the operator. The text cannot be had again. The row is
    flushed; the caller commits. Raises ValueError for a term that is not positive, or no scope, and
    sqlalchemy's IntegrityError for an unknown account.
    """
    if days < 1 or not scopes:
        raise ValueError("a token is issued for at least one day, and for something")
    text = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
    row = TokenRow(
        id=uuid4().hex,
        sha256=token_sha256(text),
        account=account,
        label=label,
        issued_at=now,
        expires_at=now + timedelta(days=days),
        issued_by=by,
        scopes=sorted(scopes),
    )
    session.add(row)
    await session.flush()
    return row, text


async def revoke(session: AsyncSession, token: str, now: datetime) -> TokenRow:
    """End a token, by its id, at the aware instant `now`; the first revocation stands. The caller commits.

    Raises UnknownToken.
    """
    row = await session.get(TokenRow, token, with_for_update=True)
    if row is None:
        raise UnknownToken(token)
    if row.revoked_at is None:
        row.revoked_at = now
        await session.flush()
    return row
