"""A published state of the calendar: named days with their acts, and what changed between two of them."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from models.calendar.day import BoundedDay, CalendarDay
from models.calendar.explained import Explanation, explain, explain_until
from models.calendar.working import WorkingCalendar, is_weekend
from models.calendar.zone import COUNTRY_ZONE
from models.vocabulary.base import Model

MOST_DAYS = 1500  # twenty years of holidays are some five hundred; workflows carry the whole of it
EditionId = Annotated[
    str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", examples=["kz-2026.2"])
]


class CalendarEdition(Model):
    """Days in order of date, one entry a date. An edition is never changed: a correction is the next one."""

    id: EditionId
    announced_through: BoundedDay
    days: tuple[CalendarDay, ...] = Field(max_length=MOST_DAYS)
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
        return explain(self.working_calendar(), start, n, self.named())

    def explain_until(self, start: date, until: date) -> Explanation:
        """As `calendar_explained.explain_until`, with names and acts joined to the days."""
        return explain_until(self.working_calendar(), start, until, self.named())

    def named(self) -> dict[date, CalendarDay]:
        """The days by their dates."""
        return {day.on: day for day in self.days}


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

    A day whose kind, name or act changed is in both. `closed` and `opened` are the dates on which people
    stopped working, or work after all: these alone move deadlines.
    """

    added: tuple[CalendarDay, ...]
    removed: tuple[CalendarDay, ...]
    closed: tuple[date, ...] = ()
    opened: tuple[date, ...] = ()


def diff(earlier: CalendarEdition, later: CalendarEdition) -> EditionDiff:
    """The days by which two editions differ."""
    said, says = set(earlier.days), set(later.days)
    added = tuple(day for day in later.days if day not in said)
    removed = tuple(day for day in earlier.days if day not in says)
    before, after = earlier.working_calendar(), later.working_calendar()
    dates = sorted({day.on for day in (*added, *removed)})
    return EditionDiff(
        added=added,
        removed=removed,
        closed=tuple(on for on in dates if before.is_working(on) and not after.is_working(on)),
        opened=tuple(on for on in dates if after.is_working(on) and not before.is_working(on)),
    )
