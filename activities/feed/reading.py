"""The events of all journals in the order of recording: resumable, and without a gap however many write.

A line has its `position` before it is committed, so a lower one may appear after a higher one. Hence nothing
is read beyond what `recorded_through()` says: up to there nobody is still writing (migration 0035).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from psycopg.errors import LockNotAvailable
from sqlalchemy import ColumnElement, Select, String, func
from sqlalchemy import select as columns_of
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.feed.readers import FeedReader, lines_told
from models.tables.columns import Json
from models.tables.consolidations import ConsolidationRow
from models.tables.duties import DutyRow
from models.tables.journal import EntryRow
from models.tables.monitorings import MonitoringRow
from models.timeline.cloud_events import PREFIX, CloudEvent, Happened, cloud_event, rules_of
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Mark

BEGINNING: Final = 0
"""The position before the first event."""
Lines = Select[int | None, str, Mark, int, str, datetime, Json]
_MARK: Final[ColumnElement[str]] = func.coalesce(
    col(MonitoringRow.number), col(DutyRow.mark), col(ConsolidationRow.mark), type_=String
)


@dataclass(frozen=True)
class Asked:
    """Which events: after a position, at most so many; of some types and of one proceeding if said."""

    after: int
    most: int
    types: Collection[str] = ()
    mark: Mark | None = None


@dataclass(frozen=True)
class Recorded:
    """An event and its position."""

    position: int
    event: CloudEvent


@dataclass(frozen=True)
class Batch:
    """Events in the order of recording; `through` is the position from which to read on."""

    events: tuple[Recorded, ...]
    through: int


async def read_events(
    session: AsyncSession, public_url: str, reader: FeedReader, asked: Asked, today: date
) -> Batch:
    """What a reader is told next. Each statement of `session` has to stand by itself (`reads_of`): the lock
    under which the order is whole is held for its one statement only."""
    if await newest(session) <= asked.after:
        return Batch((), asked.after)
    through = await _whole_through(session)
    if through is None or through <= asked.after:
        return Batch((), asked.after)
    told = await lines_told(session, reader, today)
    found = _lines().where(col(EntryRow.position) > asked.after, col(EntryRow.position) <= through, told)
    for condition in _narrowed(asked):
        found = found.where(condition)
    found = found.order_by(col(EntryRow.position)).limit(asked.most)
    connection = await session.connection()
    rows = await connection.execute(found)
    events = tuple(_recorded(public_url, *row) for row in rows)
    full = len(events) == asked.most
    return Batch(events, events[-1].position if full else through)


async def event_at(
    session: AsyncSession, public_url: str, reader: FeedReader, position: int, today: date
) -> CloudEvent | None:
    """The event at a position; None where the reader is not told of it (any more)."""
    told = await lines_told(session, reader, today)
    connection = await session.connection()
    found = await connection.execute(_lines().where(col(EntryRow.position) == position, told))
    row = found.first()
    return _recorded(public_url, *row).event if row is not None else None


def _lines() -> Lines:
    entry = EntryRow
    return (
        columns_of(
            col(entry.position),
            col(entry.workflow_id),
            _MARK,
            col(entry.seq),
            col(entry.type),
            col(entry.at),
            col(entry.actor),
        )
        .outerjoin(MonitoringRow, col(MonitoringRow.workflow_id) == col(entry.workflow_id))
        .outerjoin(DutyRow, col(DutyRow.workflow_id) == col(entry.workflow_id))
        .outerjoin(ConsolidationRow, col(ConsolidationRow.workflow_id) == col(entry.workflow_id))
    )


def _recorded(
    public_url: str,
    position: int | None,
    workflow_id: str,
    mark: Mark,
    seq: int,
    word: str,
    at: datetime,
    acted: Json,
) -> Recorded:
    assert position is not None, "each line that is on record has one"
    actor = Actor.model_validate(acted)
    data = Happened(mark=mark, seq=seq, rules=rules_of(word), role=actor.role, organisation=actor.acts_for())
    return Recorded(position, cloud_event(public_url, workflow_id, mark, word, at, data))


async def newest(session: AsyncSession) -> int:
    """The highest position that is seen, whether or not the order is whole up to there."""
    return (await session.exec(select(func.max(EntryRow.position)))).one() or BEGINNING


async def position_before(session: AsyncSession, moment: datetime) -> int:
    """The position after which everything recorded at or after a moment (UTC) stands."""
    first = select(func.min(EntryRow.position)).where(col(EntryRow.recorded_at) >= moment)
    found = (await session.exec(first)).one()
    return found - 1 if found is not None else await newest(session)


async def _whole_through(session: AsyncSession) -> int | None:
    """Up to which position nobody writes any more; None where somebody takes long just now."""
    try:
        connection = await session.connection()
        return int((await connection.execute(columns_of(func.recorded_through()))).scalar_one())
    except OperationalError as error:
        if isinstance(error.orig, LockNotAvailable):
            return None
        raise


def _narrowed(asked: Asked) -> list[ColumnElement[bool]]:
    given: list[ColumnElement[bool]] = []
    if asked.types:
        words = [each.removeprefix(PREFIX) for each in asked.types]
        given.append(col(EntryRow.type).in_(words))
    if asked.mark is not None:
        given.append(_MARK.in_((asked.mark,)))
    return given
