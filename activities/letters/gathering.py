"""What only informs waits: for working hours, and for the hour at which its reader wants it with others."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.bodies import organisation_on
from activities.registries.calendars import current_calendar
from activities.registries.local_day import local_day
from activities.registries.lookup import entry_of
from activities.registries.recipients import head_account
from models.events import NewsGathered
from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.letters.post import LetterOrder
from models.letters.preference import LetterPreference, told_at
from models.monitoring.letters import seq_of
from models.tables.accounts import AccountRow
from models.tables.journal import EntryRow
from models.tables.letter_preferences import GatheredLetterRow, LetterPreferenceRow
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, monitoring_workflow_id

LOOK_AGAIN: Final = timedelta(minutes=2)
"""So long after the others have left a gathered letter is looked at, and again."""
PATIENCE: Final = timedelta(hours=3)
"""After so long without a letter that tells it, it leaves by itself."""


async def waits_until(session: AsyncSession, order: LetterOrder, now: datetime) -> datetime | None:
    """When a letter is to be looked at again (UTC); None where it leaves now.

    `now` is when the post was asked. The caller commits.
    """
    if not LETTERS[order.letter.kind].informs or await _is_near(session, order):
        return None
    calendar = await current_calendar(session)
    account = await _account_of(session, order.letter, now)
    wanted = await preference_of(session, account) if account else LetterPreference()
    if account is None or not wanted.gathered:
        opens = calendar.working_moment_from(now)
        return opens if opens > now else None
    row = await _row(session, order)
    if row is None:
        due_at = told_at(calendar, wanted.hour, now)
        await _gather(session, order, account, due_at)
        return due_at + LOOK_AGAIN
    if row.alone or (now > row.due_at + PATIENCE and await _is_left_alone(session, row)):
        return None
    return max(row.due_at, now) + LOOK_AGAIN


async def preference_of(session: AsyncSession, account: Id) -> LetterPreference:
    """The account's choice, or what holds where there is none."""
    row = await session.get(LetterPreferenceRow, account, populate_existing=True)
    return LetterPreference(gathered=row.gathered, hour=row.hour) if row else LetterPreference()


async def prefer(session: AsyncSession, account: Id, wanted: LetterPreference, now: datetime) -> None:
    """Keep a choice. What waits already leaves as it was to; by itself, where nothing is gathered any more.

    The caller commits.
    """
    row = insert(LetterPreferenceRow).values(account=account, **wanted.model_dump(), at=now)
    values = {"gathered": row.excluded.gathered, "hour": row.excluded.hour, "at": row.excluded.at}
    await session.exec(row.on_conflict_do_update(index_elements=["account"], set_=values))
    if not wanted.gathered:
        await leave_alone(session, col(GatheredLetterRow.account) == account)


async def leave_alone(session: AsyncSession, which: ColumnElement[bool]) -> bool:
    """These letters leave by themselves, where none tells them yet; whether there are any. The caller
    commits."""
    free = update(GatheredLetterRow).where(which, col(GatheredLetterRow.digest).is_(None))
    return bool((await session.exec(free.values(alone=True))).rowcount)


async def _is_near(session: AsyncSession, order: LetterOrder) -> bool:
    """News of what has to be decided before a day that is near: that is no mere news."""
    cause = select(EntryRow).where(
        EntryRow.workflow_id == monitoring_workflow_id(order.number),
        EntryRow.seq == seq_of(order.letter.original),
    )
    row = (await session.exec(cause)).first()
    event = entry_of(row).event if row else None
    return isinstance(event, NewsGathered) and any(news.near for news in event.news)


async def _account_of(session: AsyncSession, letter: Letter, now: datetime) -> Id | None:
    """Whose letter it is; nobody's where it goes to a body's own address."""
    today = local_day(now)
    match letter.recipient_kind:
        case RecipientKind.ACCOUNT:
            account = await session.get(AccountRow, letter.recipient)
            there = account is not None and account.active
            ended = account is None or await organisation_on(session, account.organisation, today) is None
            return None if ended or not there else letter.recipient
        case RecipientKind.HEAD:
            head = await head_account(session, letter.recipient, today)
            return head.id if head else None
    return None


async def _row(session: AsyncSession, order: LetterOrder) -> GatheredLetterRow | None:
    key = (order.number, order.letter.id, order.letter.attempt)
    return await session.get(GatheredLetterRow, key, populate_existing=True)


async def _gather(session: AsyncSession, order: LetterOrder, account: Id, due_at: datetime) -> None:
    row = insert(GatheredLetterRow).values(
        number=order.number,
        letter=order.letter.id,
        attempt=order.letter.attempt,
        account=account,
        ordered=order.model_dump(mode="json"),
        due_at=due_at,
        alone=False,
    )
    await session.exec(row.on_conflict_do_nothing())


async def _is_left_alone(session: AsyncSession, row: GatheredLetterRow) -> bool:
    """Whether no letter tells it: then none will."""
    same = (
        (col(GatheredLetterRow.number) == row.number)
        & (col(GatheredLetterRow.letter) == row.letter)
        & (col(GatheredLetterRow.attempt) == row.attempt)
    )
    return await leave_alone(session, same)
