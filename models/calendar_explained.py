"""How a date came about, day by day, so that a person can check it with a finger on the wall calendar."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from models.base import Model
from models.calendar import WorkingCalendar, is_weekend
from models.calendar_day import CalendarDay


class DayReason(StrEnum):
    """Why a day was not counted as the plain week would have it, or was not counted at all."""

    WEEKEND = "weekend"
    CLOSED = "closed"
    WORKING_WEEKEND = "working_weekend"


class ExplainedDay(Model):
    """A skipped day, or a weekend day that was counted; `day` names it where the edition is at hand."""

    on: date
    reason: DayReason
    day: CalendarDay | None = None


class Explanation(Model):
    """`working_days` counted from the day after `start` end on `result`; `days` need a word each."""

    start: date
    working_days: int
    result: date
    provisional: bool
    calendar: str
    days: tuple[ExplainedDay, ...]

    @property
    def skipped(self) -> tuple[ExplainedDay, ...]:
        """The days between that were not counted."""
        return tuple(day for day in self.days if day.reason is not DayReason.WORKING_WEEKEND)

    @property
    def working_weekends(self) -> tuple[ExplainedDay, ...]:
        """The weekend days that were counted."""
        return tuple(day for day in self.days if day.reason is DayReason.WORKING_WEEKEND)


def explain(
    calendar: WorkingCalendar, start: date, n: int, named: Mapping[date, CalendarDay] | None = None
) -> Explanation:
    """The count of `WorkingCalendar.add_working_days`, told day by day.

    It walks every day on its own instead of asking `add_working_days`, so that the two check each other.
    Raises ValueError if `n` is negative.
    """
    if n < 0:
        raise ValueError("working days are counted from 0 up")
    names = named or {}
    day, counted, told = start, 0, list[ExplainedDay]()
    while counted < n:
        day += timedelta(days=1)
        reason = _reason(calendar, day)
        counted += reason in (None, DayReason.WORKING_WEEKEND)
        if reason is not None:
            told.append(ExplainedDay(on=day, reason=reason, day=names.get(day)))
    return Explanation(
        start=start,
        working_days=n,
        result=day,
        provisional=calendar.provisional(day),
        calendar=calendar.edition,
        days=tuple(told),
    )


def _reason(calendar: WorkingCalendar, day: date) -> DayReason | None:
    if is_weekend(day):
        return DayReason.WORKING_WEEKEND if day in calendar.working else DayReason.WEEKEND
    return DayReason.CLOSED if day in calendar.closed else None
