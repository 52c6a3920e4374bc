"""Letters that could not be delivered end alerts: after three in a row, at once where nothing had begun."""

from datetime import datetime
from typing import Final

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.correspondence.alerts.subscriptions import end
from models.tables.alerts import AlertSubscriptionRow
from models.tables.service_letters import ServiceLetterRow
from models.vocabulary.procedure import Id
from models.vocabulary.service_letters import ServiceLetterKind, ServiceLetterOutcome

MOST_FAILURES: Final = 3


async def failed(session: AsyncSession, subscription: Id) -> None:
    """Count a letter that could not be delivered for good. The caller commits."""
    row = await session.get(AlertSubscriptionRow, subscription, populate_existing=True, with_for_update=True)
    if row is None:
        return
    row.failures += 1
    session.add(row)
    await session.flush()
    if row.confirmed_at is None or row.failures >= MOST_FAILURES:
        await end(session, subscription)


async def returned(session: AsyncSession, letter: Id) -> None:
    """A letter that had left is reported undeliverable; each counts once. The caller commits."""
    once = (
        update(ServiceLetterRow)
        .where(col(ServiceLetterRow.id) == letter)
        .where(col(ServiceLetterRow.outcome) == ServiceLetterOutcome.SENT.value)
        .values(outcome=ServiceLetterOutcome.RETURNED.value)
        .returning(col(ServiceLetterRow.about))
    )
    about = (await session.exec(once)).scalar_one_or_none()
    if about is not None:
        await failed(session, about)


async def arrived(session: AsyncSession, row: AlertSubscriptionRow, now: datetime) -> None:
    """Nothing was heard of the last letter since: what failed before it is forgotten. The caller commits."""
    last = (
        select(ServiceLetterRow.outcome)
        .where(ServiceLetterRow.about == row.id, col(ServiceLetterRow.made_at) < now)
        .where(ServiceLetterRow.kind == ServiceLetterKind.REPORTS_PUBLISHED.value)
        .order_by(col(ServiceLetterRow.made_at).desc())
        .limit(1)
    )
    if (await session.exec(last)).first() == ServiceLetterOutcome.SENT.value:
        row.failures = 0
