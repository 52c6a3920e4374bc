"""What waits for somebody: their monitorings by the earliest day that they have to move by."""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import ARRAY, ColumnElement, Date, Text, and_, cast, func, literal, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from api.access.auth import Caller
from api.http.pagination import Turned
from api.views.lists import visible_to
from models.monitoring.moves import words_of_mover
from models.tables.monitorings import NO_DAY, MonitoringRow
from models.vocabulary.base import Model

Place = tuple[str, str]
PLACED_BY: Final = 2
_SOON: Final = timedelta(days=7)


class Waits(Model):
    """How much waits: its day has passed; today; within a week; later, or without a day."""

    late: int
    today: int
    soon: int
    later: int

    @property
    def in_time(self) -> int:
        return self.today + self.soon + self.later


async def what_waits(
    session: AsyncSession, caller: Caller, turned: Turned, most: int
) -> list[tuple[MonitoringRow, date]]:
    """Each with the caller's earliest day (`NO_DAY` where none is set), the earliest first; at most one more
    than `most`, next to the place that was turned to."""
    day, number = _day_of(caller), col(MonitoringRow.number)
    found = select(MonitoringRow, day).where(_waits_for(caller))
    if turned.before is not None:
        nearest = found.where(_beyond(day, turned.before, back=True)).order_by(day.desc(), number.desc())
        return list(reversed((await session.exec(nearest.limit(most + 1))).all()))
    if turned.after is not None:
        found = found.where(_beyond(day, turned.after))
    return list((await session.exec(found.order_by(day, number).limit(most + 1))).all())


async def how_much_waits(session: AsyncSession, caller: Caller, today: date) -> Waits:
    """Counted in one query, however much it is."""
    day = _day_of(caller)

    def counted(which: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(which)

    week = today + _SOON
    figures = select(
        counted(day < today),
        counted(day == today),
        counted(and_(day > today, day <= week)),
        counted(day > week),
    ).where(_waits_for(caller))
    late, now, soon, later = (await session.exec(figures)).one()
    return Waits(late=late, today=now, soon=soon, later=later)


def _waits_for(caller: Caller) -> ColumnElement[bool]:
    words = sorted(words_of_mover(caller.role, caller.organisation, caller.account))
    waiting = col(MonitoringRow.waiting).bool_op("?|")(cast(words, ARRAY(Text)))
    return and_(visible_to(caller), ~col(MonitoringRow.ended), waiting)


def _day_of(caller: Caller) -> ColumnElement[date]:
    """The earliest day among the words of the caller."""
    words = sorted(words_of_mover(caller.role, caller.organisation, caller.account))
    days = [cast(col(MonitoringRow.waiting).op("->>")(word), Date) for word in words]
    return func.coalesce(func.least(*days), literal(NO_DAY, Date)) if days else literal(NO_DAY, Date)


def _beyond(day: ColumnElement[date], place: tuple[str, ...], *, back: bool = False) -> ColumnElement[bool]:
    on, number = date.fromisoformat(place[0]), place[1]
    known = col(MonitoringRow.number)
    if back:
        return or_(day < on, and_(day == on, known < number))
    return or_(day > on, and_(day == on, known > number))
