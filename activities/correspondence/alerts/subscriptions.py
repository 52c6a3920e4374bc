"""Alerts by mail: asked for by anybody for any address, begun by whoever reads that address, ended whole.

Whoever asks is told the same whatever is on record: one row for an address and a search, however often.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from activities.service_letters.made import letter_made
from activities.sign_in.accounts import address_sha256
from models.monitoring.published_search import Filters
from models.tables.alerts import AlertSubscriptionRow
from models.tables.service_letters import ServiceLetterRow
from models.vocabulary.procedure import Id, Language, Sha256
from models.vocabulary.service_letters import ServiceLetterKind

CONFIRM_HOURS: Final = 48
"""So long what was asked for waits to be confirmed; then it is forgotten, with the address."""
MOST_SEARCHES: Final = 20
"""Searches that one address may be told of."""


async def ask(
    session: AsyncSession, address: str, search: Filters, language: Language, now: datetime
) -> None:
    """Keep what is wanted, and the letter that asks whether it is. The caller commits."""
    asked = kept(search)
    row = insert(AlertSubscriptionRow).values(
        id=uuid4().hex,
        address=address,
        address_sha256=address_sha256(address),
        search=asked,
        search_sha256=_sha256(asked),
        language=language.value,
        asked_at=now,
        confirm_before=now + timedelta(hours=CONFIRM_HOURS),
        failures=0,
    )
    again = row.on_conflict_do_update(
        constraint="alert_subscriptions_once",
        set_={"asked_at": row.excluded.asked_at, "confirm_before": row.excluded.confirm_before},
    )
    subscription = (await session.exec(again.returning(col(AlertSubscriptionRow.id)))).scalar_one()
    session.add(letter_made(ServiceLetterKind.ALERTS_ASKED, subscription, now, (language.value,)))


def kept(search: Filters) -> dict[str, object]:
    """What narrows the list; its order is nothing that letters have."""
    given = search.model_dump(mode="json", exclude={"sort"})
    return {name: value for name, value in given.items() if value}


def search_of(row: AlertSubscriptionRow) -> Filters:
    return Filters.model_validate(row.search)


async def confirm(session: AsyncSession, subscription: Id, language: Language, now: datetime) -> bool:
    """Begin, in this language; once more changes the language only. False where the address has too many.

    The caller has looked whether it is there, and commits.
    """
    row = await _held(session, subscription)
    if row is None:
        return True
    if row.confirmed_at is None:
        mine = select(func.count()).where(
            col(AlertSubscriptionRow.address_sha256) == row.address_sha256,
            col(AlertSubscriptionRow.confirmed_at).is_not(None),
        )
        if (await session.exec(mine)).one() >= MOST_SEARCHES:
            return False
        row.confirmed_at = row.seen_until = now
    row.language = language.value
    session.add(row)
    return True


async def waiting_or_begun(
    session: AsyncSession, subscription: Id, now: datetime
) -> AlertSubscriptionRow | None:
    """The subscription; None where it ended, or was not confirmed in time."""
    row = await session.get(AlertSubscriptionRow, subscription)
    if row is None or (row.confirmed_at is None and now >= row.confirm_before):
        return None
    return row


async def end(session: AsyncSession, subscription: Id) -> None:
    """Forget the address, the search and every letter. The caller commits."""
    await _forget(session, select(AlertSubscriptionRow.id).where(AlertSubscriptionRow.id == subscription))


async def forget_unconfirmed(session: AsyncSession, now: datetime) -> None:
    """Whatever nobody confirmed in time. The caller commits."""
    late = select(AlertSubscriptionRow.id).where(
        col(AlertSubscriptionRow.confirmed_at).is_(None), col(AlertSubscriptionRow.confirm_before) <= now
    )
    await _forget(session, late)


async def _forget(session: AsyncSession, which: SelectOfScalar[str]) -> None:
    ids = list(await session.exec(which.with_for_update(skip_locked=True)))
    if ids:
        await session.exec(delete(ServiceLetterRow).where(col(ServiceLetterRow.about).in_(ids)))
        await session.exec(delete(AlertSubscriptionRow).where(col(AlertSubscriptionRow.id).in_(ids)))


async def _held(session: AsyncSession, subscription: Id) -> AlertSubscriptionRow | None:
    found = select(AlertSubscriptionRow).where(AlertSubscriptionRow.id == subscription)
    return (await session.exec(found.with_for_update().execution_options(populate_existing=True))).first()


def _sha256(search: dict[str, object]) -> Sha256:
    return hashlib.sha256(json.dumps(search, sort_keys=True).encode()).hexdigest()
