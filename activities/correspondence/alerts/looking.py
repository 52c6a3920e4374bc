"""What was published since, and is found by the searches that people want to be told of: once a working day.

Each subscription is looked at once a day, in working hours, under a lock of its own; what is found is a
letter in the same transaction. So nothing is told twice, however many workers there are.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Integer
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.correspondence.alerts.failures import arrived
from activities.correspondence.alerts.subscriptions import forget_unconfirmed, search_of
from activities.database.sessions import Sessions
from activities.observing.codes import LogCode
from activities.observing.logs import Log
from activities.published.narrowing import Regions, narrowed, regions_today
from activities.registries.calendars import current_calendar
from activities.registries.not_ready import RegistryNotReady
from activities.service_letters.made import letter_made
from activities.service_letters.queue import forget_settled
from models.tables.alerts import AlertSubscriptionRow
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.tables.service_letters import ServiceLetterRow
from models.vocabulary.procedure import Id
from models.vocabulary.service_letters import ServiceLetterKind

LOOK_EVERY_SECONDS: Final = 60.0
OVERLAP: Final = timedelta(hours=1)
"""What is recorded may be seen by others a moment later: so far back is looked again, and told once."""
AT_ONCE: Final = 500
_PUBLISHED: Final = "report_published"
log = Log(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


async def keep_looking(
    sessions: Sessions, every_seconds: float = LOOK_EVERY_SECONDS, clock: Callable[[], datetime] = _utc_now
) -> None:
    """Look until cancelled."""
    while True:
        try:
            await look(sessions, clock())
        except (SQLAlchemyError, RegistryNotReady):
            log.warning(LogCode.ALERTS_LATE)
        await asyncio.sleep(every_seconds)


async def look(sessions: Sessions, now: datetime) -> None:
    """Forget what was not confirmed; in working hours prepare the letters of the day that are not yet."""
    async with sessions.begin() as session:
        await forget_unconfirmed(session, now)
        await forget_settled(session, now)
        calendar = await current_calendar(session)
    if calendar.working_moment_from(now) != now:
        return  # nobody is written to at night or on a day off
    today = calendar.local_date(now)
    async with sessions() as session:
        looked_on = col(AlertSubscriptionRow.looked_on)
        due = (
            select(AlertSubscriptionRow.id)
            .where(col(AlertSubscriptionRow.confirmed_at).is_not(None))
            .where(or_(looked_on.is_(None), looked_on < today))
            .order_by(col(AlertSubscriptionRow.confirmed_at))
        )
        waiting = list(await session.exec(due.limit(AT_ONCE)))
        regions = await regions_today(session, today) if waiting else Regions({}, {})
    for subscription in waiting:
        async with sessions.begin() as session:
            await _look_for(session, subscription, regions, now)


async def _look_for(session: AsyncSession, subscription: Id, regions: Regions, now: datetime) -> None:
    today = (await current_calendar(session)).local_date(now)
    found = select(AlertSubscriptionRow).where(AlertSubscriptionRow.id == subscription)
    row = (await session.exec(found.with_for_update(skip_locked=True))).first()
    if row is None or row.confirmed_at is None or (row.looked_on is not None and row.looked_on >= today):
        return
    news = await _published_since(session, row, regions, now)
    if news:
        await arrived(session, row, now)
        session.add(letter_made(ServiceLetterKind.REPORTS_PUBLISHED, row.id, now, news))
    row.looked_on, row.seen_until = today, now
    session.add(row)


async def _published_since(
    session: AsyncSession, row: AlertSubscriptionRow, regions: Regions, now: datetime
) -> Sequence[str]:
    """Number and version of each that no letter told of, in the order in which they were published.

    A second address of a version that is published already is none.
    """
    assert row.confirmed_at is not None
    since = max(row.confirmed_at, (row.seen_until or row.confirmed_at) - OVERLAP)
    version = col(EntryRow.event)["version"].astext.cast(Integer)
    earlier = aliased(EntryRow)
    before = select(earlier.seq).where(
        earlier.workflow_id == EntryRow.workflow_id,
        earlier.type == _PUBLISHED,
        col(earlier.seq) < col(EntryRow.seq),
        col(earlier.event)["version"].astext.cast(Integer) == version,
    )
    found = (
        select(MonitoringRow.number, version)
        .join(EntryRow, col(EntryRow.workflow_id) == col(MonitoringRow.workflow_id))
        .where(EntryRow.type == _PUBLISHED, ~before.exists())
        .where(col(EntryRow.recorded_at) > since, col(EntryRow.recorded_at) <= now)
        .where(*narrowed(search_of(row), regions))
        .order_by(col(EntryRow.recorded_at), col(MonitoringRow.number))
    )
    told = await _told(session, row.id, since)
    named = (f"{number}/{version}" for number, version in await session.exec(found))
    return [each for each in named if each not in told]


async def _told(session: AsyncSession, subscription: Id, since: datetime) -> frozenset[str]:
    """What letters told that were made since."""
    letters = select(ServiceLetterRow.listed).where(
        ServiceLetterRow.about == subscription,
        ServiceLetterRow.kind == ServiceLetterKind.REPORTS_PUBLISHED.value,
        col(ServiceLetterRow.made_at) >= since,
    )
    return frozenset(each for listed in await session.exec(letters) for each in listed)
