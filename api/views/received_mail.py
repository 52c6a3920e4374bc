"""Mail that came back, as people see it: of one monitoring, and what nobody has said yet whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from sqlalchemy import ColumnElement, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, QueryableAttribute, defer
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from activities.database.among import rows_among
from models.mail.sorts import SortedMail
from models.tables.monitorings import MonitoringRow
from models.tables.received_mail import HandledMailRow, ReceivedMailRow
from models.vocabulary.procedure import Id, Mark, Number

_CONTENT: Final = cast(QueryableAttribute[bytes], ReceivedMailRow.content)
_ID: Final = cast(Mapped[int], ReceivedMailRow.id)  # of a row on record: it has one


@dataclass(frozen=True)
class MailSeen:
    """One message; `handled_by` is the account that dealt with it, at an instant (UTC)."""

    id: int
    at: datetime
    letter: Id | None
    sender: str
    recipient: str
    from_recipient: bool
    mail: SortedMail
    handled_by: Id | None = None
    handled_at: datetime | None = None


async def mail_ids(session: AsyncSession, number: Mark) -> tuple[int, ...]:
    """All that is about one monitoring, or was given to it by somebody, the newest first."""
    return tuple(await session.exec(_of(number).order_by(_ID.desc())))


async def queue_ids(session: AsyncSession) -> tuple[int, ...]:
    """What names no letter and nobody has dealt with, the oldest first."""
    found = _waiting(select(_ID)).where(col(ReceivedMailRow.number).is_(None))
    return tuple(await session.exec(found.order_by(_ID)))


async def how_much_waits(session: AsyncSession, number: Mark) -> int:
    """How many messages about one monitoring nobody has dealt with."""
    waiting = _waiting(select(func.count(_ID)))
    return (await session.exec(waiting.where(col(ReceivedMailRow.number) == number))).one()


@dataclass(frozen=True)
class MailWaits:
    """How much about one monitoring nobody has dealt with, and since when (UTC)."""

    number: Number
    count: int
    since: datetime


async def mail_waiting(session: AsyncSession, about: ColumnElement[bool]) -> tuple[MailWaits, ...]:
    """By the monitoring, of those that `about` allows, what waits longest first."""
    since = func.min(col(ReceivedMailRow.at))
    waiting = (
        select(col(ReceivedMailRow.number), func.count(_ID).label("count"), since.label("since"))
        .where(col(ReceivedMailRow.number).is_not(None), _unhandled())
        .group_by(col(ReceivedMailRow.number))
        .subquery()
    )
    found = await session.exec(
        select(col(MonitoringRow.number), waiting.c.count, waiting.c.since)
        .join(waiting, waiting.c.number == col(MonitoringRow.number))
        .where(about)
        .order_by(waiting.c.since)
    )
    return tuple(MailWaits(number, count, since) for number, count, since in found)


async def queue_waiting(session: AsyncSession) -> tuple[int, datetime | None]:
    """How much names no letter and nobody has dealt with, and since when (UTC) the first of it waits."""
    found = select(func.count(_ID), func.min(col(ReceivedMailRow.at)))
    count, since = (
        await session.exec(found.where(col(ReceivedMailRow.number).is_(None), _unhandled()))
    ).one()
    return count, since


async def mail_seen(session: AsyncSession, ids: Sequence[int]) -> tuple[MailSeen, ...]:
    """These messages, in this order; their bytes stay where they are."""
    found = (
        select(ReceivedMailRow, HandledMailRow)
        .options(defer(_CONTENT))
        .outerjoin(HandledMailRow, col(HandledMailRow.mail) == _ID)
    )
    seen = {row.id: _seen(row, handled) for row, handled in await rows_among(session, found, _ID, ids)}
    return tuple(seen[each] for each in ids if each in seen)


async def mail_about(session: AsyncSession, number: Mark) -> dict[Id, tuple[MailSeen, ...]]:
    """What was heard about each letter of a monitoring, in the order in which it came."""
    about: dict[Id, tuple[MailSeen, ...]] = {}
    for each in await mail_seen(session, tuple(reversed(await mail_ids(session, number)))):
        if each.letter is not None:
            about[each.letter] = (*about.get(each.letter, ()), each)
    return about


async def message_of(session: AsyncSession, mail: int, number: Number | None) -> ReceivedMailRow | None:
    """One message whole, where it is of this monitoring, or of the queue."""
    whose = ReceivedMailRow.id == mail
    if number is None:
        found = select(ReceivedMailRow).where(whose, col(ReceivedMailRow.number).is_(None))
    else:
        found = select(ReceivedMailRow).where(whose, _ID.in_(_of(number)))
    return (await session.exec(found)).first()


async def handle_mail(
    session: AsyncSession, mail: int, account: Id, now: datetime, number: Number | None = None
) -> None:
    """Write down that somebody dealt with it, once; `number` is the monitoring that it is given to."""
    row = insert(HandledMailRow).values(mail=mail, number=number, account=account, at=now)
    await session.exec(row.on_conflict_do_nothing())


def _of(number: Mark) -> SelectOfScalar[int]:
    given = select(HandledMailRow.mail).where(HandledMailRow.number == number)
    return select(_ID).where(or_(col(ReceivedMailRow.number) == number, _ID.in_(given)))


def _waiting(found: SelectOfScalar[int]) -> SelectOfScalar[int]:
    return found.where(_unhandled())


def _unhandled() -> ColumnElement[bool]:
    handled = select(HandledMailRow.mail).where(col(HandledMailRow.mail) == _ID)
    return ~handled.exists()


def _seen(row: ReceivedMailRow, handled: HandledMailRow | None) -> MailSeen:
    assert row.id is not None, "it is on record"
    return MailSeen(
        id=row.id,
        at=row.at,
        letter=row.letter,
        sender=row.sender,
        recipient=row.recipient,
        from_recipient=row.from_recipient,
        mail=SortedMail.model_validate(row.seen),
        handled_by=handled.account if handled else None,
        handled_at=handled.at if handled else None,
    )
