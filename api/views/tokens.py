"""Tokens of accounts as they are read: which there are, and which expire soon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.tokens import expires_soon, in_force
from models.tables.tokens import TokenRow
from models.vocabulary.procedure import Id


async def tokens_of(session: AsyncSession, account: Id) -> Sequence[TokenRow]:
    """All that were ever issued for an account."""
    return (await session.exec(select(TokenRow).where(TokenRow.account == account))).all()


async def soon_to_expire(session: AsyncSession, now: datetime, account: Id) -> tuple[TokenRow, ...]:
    """Of an account, those whose expiry is near."""
    return tuple(row for row in await tokens_of(session, account) if expires_soon(row, now))


@dataclass(frozen=True)
class Held:
    """How many tokens of an account open something, and of how many of them the expiry is near."""

    valid: int = 0
    soon: int = 0


async def tokens_held(session: AsyncSession, now: datetime) -> Mapping[Id, Held]:
    """By account; none is told of that has no token in force."""
    rows = await session.exec(select(TokenRow).where(col(TokenRow.expires_at) > now))
    held: dict[Id, Held] = {}
    for row in rows:
        if in_force(row, now):
            known = held.get(row.account, Held())
            held[row.account] = Held(known.valid + 1, known.soon + expires_soon(row, now))
    return held
