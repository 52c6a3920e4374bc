"""How a date came about, day by day, so that a person can check it with a finger on the wall calendar."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from models.calendar.day import CalendarDay
from models.calendar.working import WorkingCalendar, is_weekend
from models.vocabulary.base import Model
from models.vocabulary.refusal import refuse_if

LONGEST_SPAN: Final = 1100
"""Calendar days that are told one by one: three years."""


class CalendarCountRefusal(StrEnum):
    """Why days cannot be counted."""

    CALENDAR_UNTIL_BEFORE_FROM = "calendar_until_before_from"
    CALENDAR_SPAN_TOO_LONG = "calendar_span_too_long"


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


class CountedDay(Model):
    """One day of a count: `number` is which working day it is, None if it was skipped for `reason`."""

    on: date
    number: int | None
    reason: DayReason | None = None
    day: CalendarDay | None = None


class Explanation(Model):
    """From the day after `start` to `result` there are `working_days`; `days` need a word each.

    Counted forward the result is the last working day; counted until a date it is that date itself.
    """

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
    def all_days(self) -> tuple["CountedDay", ...]:
        """Every day after `start` up to `result`, in order, with its number where it was counted."""
        special = {day.on: day for day in self.days}
        counted, told = 0, list[CountedDay]()
        for offset in range(1, (self.result - self.start).days + 1):
            on = self.start + timedelta(days=offset)
            known = special.get(on)
            counts = known is None or known.reason is DayReason.WORKING_WEEKEND
            counted += counts
            told.append(
                CountedDay(
                    on=on,
                    number=counted if counts else None,
                    reason=known.reason if known else None,
                    day=known.day if known else None,
                )
            )
        return tuple(told)

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


def explain_until(
    calendar: WorkingCalendar, start: date, until: date, named: Mapping[date, CalendarDay] | None = None
) -> Explanation:
    """The count of `WorkingCalendar.working_days_between`, told day by day.

    Raises Refused (CALENDAR_UNTIL_BEFORE_FROM, CALENDAR_SPAN_TOO_LONG).
    """
    span = (until - start).days
    refuse_if(
        span < 0,
        CalendarCountRefusal.CALENDAR_UNTIL_BEFORE_FROM,
        since=start.isoformat(),
        until=until.isoformat(),
    )
    refuse_if(span > LONGEST_SPAN, CalendarCountRefusal.CALENDAR_SPAN_TOO_LONG, limit=str(LONGEST_SPAN))
    names = named or {}
    passed = [start + timedelta(days=offset) for offset in range(1, span + 1)]
    told = [(day, _reason(calendar, day)) for day in passed]
    return Explanation(
        start=start,
        working_days=sum(reason in (None, DayReason.WORKING_WEEKEND) for _, reason in told),
        result=until,
        provisional=calendar.provisional(until),
        calendar=calendar.edition,
        days=tuple(ExplainedDay(on=day, reason=reason, day=names.get(day)) for day, reason in told if reason),
    )


def skipped_before(
    calendar: WorkingCalendar, day: date, named: Mapping[date, CalendarDay] | None = None
) -> tuple[ExplainedDay, ...]:
    """The days off from `day` on, up to the working day on which a term that ends on `day` ends instead."""
    names, told = named or {}, list[ExplainedDay]()
    while (reason := _reason(calendar, day)) not in (None, DayReason.WORKING_WEEKEND):
        told.append(ExplainedDay(on=day, reason=reason, day=names.get(day)))
        day += timedelta(days=1)
    return tuple(told)


def _reason(calendar: WorkingCalendar, day: date) -> DayReason | None:
    if is_weekend(day):
        return DayReason.WORKING_WEEKEND if day in calendar.working else DayReason.WEEKEND
    return DayReason.CLOSED if day in calendar.closed else None
