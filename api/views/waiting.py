"""What waits for somebody: their monitorings by the earliest day that they have to move by.

Read from the front of their own rows in `waits`, each in its order: what lies behind is not looked at.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Text,
    and_,
    cast,
    func,
    literal_column,
    or_,
    true,
    tuple_,
)
from sqlalchemy import select as columns_of
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.database.counted import MOST_COUNTED
from activities.published.listed import LINES
from api.access.auth import Caller
from api.http.pagination import Turned
from api.views.lists import visible_to
from models.monitoring.moves import word_of_head, words_of_mover
from models.tables.monitorings import MonitoringRow
from models.tables.waits import WaitsRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Role

PLACED_BY: Final = 2
NOBODY: Final[ColumnElement[list[str]]] = literal_column(
    "'{}'"
)  # as the index of those who stepped aside has it

_OTHER = aliased(WaitsRow)
_ASIDE = aliased(MonitoringRow)  # made once: of so many columns that is a millisecond


class Waits(Model):
    """How much waits: its day has passed, or not yet. Each at most one more than `MOST_COUNTED`."""

    late: int
    in_time: int


async def what_waits(
    session: AsyncSession, callers: Sequence[Caller], turned: Turned, most: int
) -> list[tuple[MonitoringRow, date]]:
    """Each with the callers' earliest day (`NO_DAY` where none is set), the earliest first; at most one more
    than `most`, next to the place that was turned to."""
    back = turned.before is not None
    place = turned.before or turned.after
    found = _first_of_each(callers, place, most + 1, back=back)
    if found is None:
        return []
    rows = select(MonitoringRow, found.c.due_on).options(LINES)
    rows = rows.join(found, found.c.number == col(MonitoringRow.number))
    order = (found.c.due_on, found.c.number)
    given = await session.exec(rows.order_by(*(each.desc() for each in order) if back else order))
    waiting = [(row, day) for row, day in given]
    return waiting[::-1] if back else waiting


async def how_much_waits(session: AsyncSession, callers: Sequence[Caller], today: date) -> Waits:
    """Counted in one query, which ends where there is more than anybody counts, and looks at no monitoring:
    whoever has to move sees it. What has a day of theirs that is over is late, whatever other days it has."""
    most, day = MOST_COUNTED + 1, col(WaitsRow.due_on)
    late = _fronts(callers, most, day < today, judged=False, earliest=False)
    in_time = _fronts(callers, most, day >= today, judged=False)
    if late is None or in_time is None:
        return Waits(late=0, in_time=0)
    numbers = (columns_of(each.c.number).distinct().limit(most).subquery() for each in (late, in_time))
    counts = (columns_of(func.count()).select_from(each).scalar_subquery() for each in numbers)
    passed, ahead = (await (await session.connection()).execute(columns_of(*counts))).one()
    return Waits(late=passed, in_time=ahead)


async def how_much_waits_for_head(session: AsyncSession, caller: Caller) -> int:
    """Of what waits for a head, that which nobody else of the body decides; at most one more than
    `MOST_COUNTED`. Nothing of anybody else."""
    if caller.role is not Role.HEAD:
        return 0
    word = word_of_head(caller.organisation)
    rows = columns_of(col(WaitsRow.number)).where(col(WaitsRow.word) == word, _decides(caller))
    counted = columns_of(func.count()).select_from(rows.limit(MOST_COUNTED + 1).subquery())
    found: int = (await (await session.connection()).execute(counted)).scalar_one()
    return found


def _first_of_each(
    callers: Sequence[Caller], place: tuple[str, ...] | None, most: int, *, back: bool
) -> FromClause | None:
    """`number` and `due_on` of what waits for any of the callers, each once, by its earliest day."""
    beyond: ColumnElement[bool] = true()
    if place is not None:
        at = tuple_(col(WaitsRow.due_on), col(WaitsRow.number))
        turned_to = (date.fromisoformat(place[0]), place[1])
        beyond = at < turned_to if back else at > turned_to
    rows = _fronts(callers, most, beyond, back=back)
    if rows is None:
        return None
    placed = (rows.c.due_on, rows.c.number)
    first = columns_of(rows.c.number, rows.c.due_on).group_by(*placed)
    return first.order_by(*(each.desc() for each in placed) if back else placed).limit(most).subquery()


def _fronts(
    callers: Sequence[Caller],
    most: int,
    when: ColumnElement[bool],
    *,
    back: bool = False,
    judged: bool = True,
    earliest: bool = True,
) -> FromClause | None:
    """`number` and `due_on` from the front of each of the callers' words, of a monitoring by its earliest day
    of theirs, or by all of them; None where nothing ever waits for them.

    So many from each front are enough: a monitoring stands once among the rows of a word.
    """
    words = sorted(frozenset().union(*map(_words, callers)))
    if not words:
        return None
    own = func.unnest(cast(words, ARRAY(Text))).table_valued("word").render_derived("own")
    number, day = col(WaitsRow.number), col(WaitsRow.due_on)
    found = columns_of(number, day).where(col(WaitsRow.word) == own.c.word, when)
    if judged:
        found = found.join(MonitoringRow, col(MonitoringRow.number) == number)
    whose = [_is_of(own.c.word, each, judged=judged, alone=len(callers) == 1) for each in callers]
    found = found.where(or_(*whose))
    if earliest:
        found = found.where(~or_(*map(_waits_earlier, callers)))
    order = (day.desc(), number.desc()) if back else (day, number)
    front = found.order_by(*order).limit(most).lateral("front")
    return columns_of(front.c.number, front.c.due_on).select_from(own.join(front, true())).subquery()


def _is_of(word: ColumnElement[str], caller: Caller, *, judged: bool, alone: bool) -> ColumnElement[bool]:
    """Whether a row waits for this one of the callers, who sees its monitoring."""
    own = true() if alone else word.in_(sorted(_words(caller)))
    return and_(own, _decides(caller), visible_to(caller) if judged else true())


def _waits_earlier(caller: Caller) -> ColumnElement[bool]:
    """By the earliest day, looked up row by row: an anti-join is planned over all rows of a word where
    the numbers of the statement are known, which is each connection's first ten times."""
    day = col(WaitsRow.due_on)
    earliest = columns_of(func.min(col(_OTHER.due_on))).where(
        col(_OTHER.number) == col(WaitsRow.number), col(_OTHER.word).in_(sorted(_words(caller)))
    )
    first = func.coalesce(earliest.correlate(WaitsRow).scalar_subquery(), day)
    return and_(_decides(caller), first < day)


def _decides(caller: Caller) -> ColumnElement[bool]:
    """A head who stepped aside decides nothing; an analyst's work goes to whoever it is entrusted to."""
    if caller.role is not Role.HEAD:
        return true()
    left = columns_of(col(_ASIDE.number)).where(
        col(_ASIDE.stepped_aside) != NOBODY, col(_ASIDE.stepped_aside).contains([caller.right_of])
    )
    return col(WaitsRow.number).not_in(left)


def _words(caller: Caller) -> frozenset[str]:
    return words_of_mover(caller.role, caller.organisation, caller.right_of)
