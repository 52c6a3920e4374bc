"""The list of monitorings as the desk shows it: searched, narrowed, sorted by due day or by age, in parts."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from pydantic import Field
from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.among import among, rows_among
from activities.published.finding import FoundRows, Stretch, found_rows
from api.access.auth import Caller
from api.http.pagination import Turned
from api.views.lists import Filters, narrowed, of_desk, visible_to
from api.views.search import reader
from models.monitoring.readers import words_of
from models.tables.leads_read import LeadsReadRow
from models.tables.monitorings import MonitoringRow
from models.vocabulary.procedure import Id, Number

Key = tuple[str, str]
PLACED_BY: Final = 2
_SOON: Final = timedelta(days=7)
_ROWS_AT_ONCE: Final = 500


class Sort(StrEnum):
    """`page.workplace.sort.<sort>`."""

    DUE = "due"  # the earliest day first
    NEWEST = "newest"  # as the API's list has them


class DueBy(StrEnum):
    """`page.workplace.due.<due>`."""

    LATE = "late"
    SOON = "soon"  # within a week


class DeskFilters(Filters):
    """Those of the API's list, with what only the desk asks."""

    due: DueBy | None = None
    sort: Sort = Field(default=Sort.DUE)
    numbers: tuple[Number, ...] | None = None  # those that were ticked


async def desk_list(
    session: AsyncSession, caller: Caller, filters: DeskFilters, today: date, turned: Turned, most: int
) -> FoundRows:
    """What the caller sees of what is asked for, in the order asked for, next to the place turned to,
    at most one row more than `most`. Raises Failed (422) for a text without a word."""
    due = {
        DueBy.LATE: col(MonitoringRow.due_on) < today,
        DueBy.SOON: and_(col(MonitoringRow.due_on) >= today, col(MonitoringRow.due_on) <= today + _SOON),
    }
    mine = of_desk(caller) if filters.desk else []
    late = [due[filters.due]] if filters.due else []
    these = [] if filters.numbers is None else [among(col(MonitoringRow.number), filters.numbers)]
    conditions = [visible_to(caller), *mine, *late, *these, *narrowed(filters)]
    stretch = _stretch(filters.sort, turned, most + 1)
    found = await found_rows(session, conditions, filters.text or "", reader(caller), stretch)
    return replace(found, rows=found.rows[::-1]) if turned.before is not None else found


async def all_of_list(
    session: AsyncSession, caller: Caller, filters: DeskFilters, today: date
) -> AsyncIterator[Sequence[MonitoringRow]]:
    """The whole list, a part at a time."""
    turned = Turned()
    while rows := (await desk_list(session, caller, filters, today, turned, _ROWS_AT_ONCE)).rows:
        yield rows[:_ROWS_AT_ONCE]
        if len(rows) <= _ROWS_AT_ONCE:
            return
        turned = Turned(after=place_of(rows[_ROWS_AT_ONCE - 1], filters.sort))
        session.expunge_all()


async def leads_seen(session: AsyncSession, caller: Caller) -> set[Id]:
    """The bodies that lead, or led, what the caller sees or saw: what the list can be narrowed to."""
    words = words_of(caller.role, caller.organisation, caller.person)
    return set(await rows_among(session, select(LeadsReadRow.lead), col(LeadsReadRow.word), words))


def place_of(row: MonitoringRow, sort: Sort) -> Key:
    """Where a row stands in the list, for a cursor."""
    first = row.due_on if sort is Sort.DUE else row.started_at
    return first.isoformat(), row.number


def is_place(sort: Sort, place: tuple[str, ...]) -> bool:
    """Whether a cursor names a place of a list that is sorted so."""
    try:
        _first(sort, place)
    except ValueError:
        return False
    return True


def _stretch(sort: Sort, turned: Turned, most: int) -> Stretch:
    """Backwards where it lies before a place."""
    first, descending = _ORDERS[sort]
    turning = turned.before or turned.after
    downwards = descending is not (turned.before is not None)
    order = [each.desc() if downwards else each.asc() for each in (first, col(MonitoringRow.number))]
    if turning is None:
        return Stretch(order, most)
    return Stretch(order, most, _beyond(sort, turning, smaller=downwards))


def _beyond(sort: Sort, place: tuple[str, ...], *, smaller: bool) -> ColumnElement[bool]:
    column, number = _ORDERS[sort][0], col(MonitoringRow.number)
    first, known = _first(sort, place), place[1]
    if smaller:
        return or_(column < first, and_(column == first, number < known))
    return or_(column > first, and_(column == first, number > known))


def _first(sort: Sort, place: tuple[str, ...]) -> date | datetime:
    """Raises ValueError for what is none."""
    if sort is Sort.DUE:
        return date.fromisoformat(place[0])
    moment = datetime.fromisoformat(place[0])
    if moment.tzinfo is None:
        raise ValueError("an instant has a zone")
    return moment


_ORDERS: Final[dict[Sort, tuple[Any, bool]]] = {
    Sort.DUE: (col(MonitoringRow.due_on), False),
    Sort.NEWEST: (col(MonitoringRow.started_at), True),
}
"""The column of each order, and whether the list goes down it."""
