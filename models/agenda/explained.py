"""How a deadline's due day came about: from which day, how many working days, what moved it. Pure.

It walks the days on its own instead of asking `models.agenda.changes.due_on`: the two check each other.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from models.agenda.deadline import Deadline, Roll
from models.calendar.day import CalendarDay
from models.calendar.explained import ExplainedDay, Explanation, explain, skipped_before
from models.calendar.working import WorkingCalendar
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id


class DueBy(StrEnum):
    """What makes the due day."""

    COUNT = "count"  # working days counted from the day after one
    DATE = "date"  # a date that was given
    PAUSE = "pause"  # nothing: it is not counted at present


class DeadlineExplanation(Model):
    """A due day and what it is made of.

    `result` is what the calendar named here gives; `told` is what people were told, and the two agree
    unless a pause is under way. `rolled` are the days off on which the term would have ended: it ends on the
    next working day. Working days are `budget` in all, `consumed` of them before the present run, `left`
    counted in it.
    """

    deadline: Id
    by: DueBy
    told: date
    result: date
    provisional: bool
    calendar: str
    anchor: date
    budget: int | None
    consumed: int
    left: int | None
    fixed_on: date | None
    extensions: int
    count: Explanation | None = None
    rolled: tuple[ExplainedDay, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether people were told what the calendar gives."""
        return self.told == self.result


def explain_deadline(
    deadline: Deadline, calendar: WorkingCalendar, named: Mapping[date, CalendarDay] | None = None
) -> DeadlineExplanation:
    """The due day of a deadline under a calendar, with the names of its days where they are at hand."""
    names = named or {}
    if deadline.fixed_on is not None:
        return _by_date(deadline, deadline.fixed_on, calendar, names)
    if deadline.running_since is None or deadline.budget is None:
        return _explanation(deadline, calendar, DueBy.PAUSE, deadline.due_on, left=_left(deadline))
    return _by_count(deadline, deadline.running_since, calendar, names)


def _by_date(
    deadline: Deadline, fixed_on: date, calendar: WorkingCalendar, names: Mapping[date, CalendarDay]
) -> DeadlineExplanation:
    kept = deadline.roll is Roll.KEPT
    rolled = () if kept else skipped_before(calendar, fixed_on, names)
    return _explanation(
        deadline, calendar, DueBy.DATE, _after(fixed_on, rolled), fixed_on=fixed_on, rolled=rolled
    )


def _by_count(
    deadline: Deadline, since: date, calendar: WorkingCalendar, names: Mapping[date, CalendarDay]
) -> DeadlineExplanation:
    left = _left(deadline)
    count = explain(calendar, since, left, names)
    # With nothing left the day of resumption itself remains, and it may be a day off.
    rolled = skipped_before(calendar, count.result, names)
    result = _after(count.result, rolled)
    return _explanation(deadline, calendar, DueBy.COUNT, result, left=left, count=count, rolled=rolled)


def _left(deadline: Deadline) -> int:
    return max((deadline.budget or 0) - deadline.consumed, 0)


def _after(day: date, rolled: tuple[ExplainedDay, ...]) -> date:
    return date.fromordinal(rolled[-1].on.toordinal() + 1) if rolled else day


def _explanation(
    deadline: Deadline,
    calendar: WorkingCalendar,
    by: DueBy,
    result: date,
    *,
    left: int | None = None,
    fixed_on: date | None = None,
    count: Explanation | None = None,
    rolled: tuple[ExplainedDay, ...] = (),
) -> DeadlineExplanation:
    return DeadlineExplanation(
        deadline=deadline.id,
        by=by,
        told=deadline.due_on,
        result=result,
        provisional=calendar.provisional(result),
        calendar=calendar.edition,
        anchor=deadline.anchor,
        budget=deadline.budget,
        consumed=deadline.consumed,
        left=left,
        fixed_on=fixed_on,
        extensions=deadline.extensions,
        count=count,
        rolled=rolled,
    )
