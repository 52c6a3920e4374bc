"""A published state of the calendar: named days with their acts, and what changed between two of them."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from models.base import Model
from models.calendar import COUNTRY_ZONE, WorkingCalendar, is_weekend
from models.calendar_day import CalendarDay
from models.calendar_explained import Explanation, explain


class CalendarEdition(Model):
    """Days in order of date, one entry a date. An edition is never changed: a correction is the next one."""

    id: str = Field(min_length=1, max_length=40)
    announced_through: date
    days: tuple[CalendarDay, ...]
    zone: str = COUNTRY_ZONE

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if any(later.on <= earlier.on for earlier, later in pairwise(self.days)):
            raise ValueError("days stand in order of date, each date once")
        return self

    def working_calendar(self) -> WorkingCalendar:
        """The compact form that workflows carry: exceptions to the week without names."""
        return WorkingCalendar(
            edition=self.id,
            announced_through=self.announced_through,
            closed=tuple(day.on for day in self.days if not day.working and not is_weekend(day.on)),
            working=tuple(day.on for day in self.days if day.working),
            zone=self.zone,
        )

    def explain(self, start: date, n: int) -> Explanation:
        """As `calendar_explained.explain`, with names and acts joined to the days."""
        return explain(self.working_calendar(), start, n, {day.on: day for day in self.days})


class MonthPreview(Model):
    """A month of an edition: how many working days it has, and its named days."""

    first: date
    working_days: int
    days: tuple[CalendarDay, ...]


class YearPreview(Model):
    """A year as an administrator checks it before the edition is used."""

    year: int
    edition: str
    provisional: bool
    working_days: int
    months: tuple[MonthPreview, ...]


def year_preview(edition: CalendarEdition, year: int) -> YearPreview:
    """Working days and named days of a calendar year, month by month."""
    calendar = edition.working_calendar()
    months = tuple(_month_preview(edition, calendar, date(year, month, 1)) for month in range(1, 13))
    return YearPreview(
        year=year,
        edition=edition.id,
        provisional=calendar.provisional(date(year, 12, 31)),
        working_days=sum(month.working_days for month in months),
        months=months,
    )


def _month_preview(edition: CalendarEdition, calendar: WorkingCalendar, first: date) -> MonthPreview:
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return MonthPreview(
        first=first,
        working_days=calendar.working_days_between(first - timedelta(days=1), last),
        days=tuple(day for day in edition.days if first <= day.on <= last),
    )


class EditionDiff(Model):
    """What the later edition says that the earlier did not, and the reverse.

    A day whose kind, name or act changed is in both.
    """

    added: tuple[CalendarDay, ...]
    removed: tuple[CalendarDay, ...]


def diff(earlier: CalendarEdition, later: CalendarEdition) -> EditionDiff:
    """The days by which two editions differ."""
    return EditionDiff(
        added=tuple(day for day in later.days if day not in earlier.days),
        removed=tuple(day for day in earlier.days if day not in later.days),
    )
