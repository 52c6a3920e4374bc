"""A year of the calendar as it hangs on a wall: weeks from Monday, each day as it is."""

from calendar import Calendar
from datetime import date
from enum import StrEnum
from typing import Final

from models.calendar.day import CalendarDay
from models.calendar.edition import CalendarEdition, YearPreview, year_preview
from models.calendar.working import WorkingCalendar, is_weekend
from models.vocabulary.base import Model

_WEEKS: Final = Calendar(firstweekday=0)


class Mark(StrEnum):
    """How a day looks; the word is a class of the stylesheet."""

    PLAIN = "plain"
    WEEKEND = "weekend"
    CLOSED = "closed"
    WORKED = "worked"


class Cell(Model):
    """A date of a month, or an empty place before its first and after its last one."""

    on: date | None = None
    mark: Mark = Mark.PLAIN
    day: CalendarDay | None = None


class Month(Model):
    """A month's name day, its working days and its weeks."""

    first: date
    working_days: int
    weeks: tuple[tuple[Cell, ...], ...]


class Year(Model):
    """The figures of a year, its months, and the days that differ from the plain week."""

    preview: YearPreview
    months: tuple[Month, ...]
    named: tuple[CalendarDay, ...]


def year_of(edition: CalendarEdition, year: int) -> Year:
    """A year as it is shown."""
    preview = year_preview(edition, year)
    calendar, named = edition.working_calendar(), edition.named()
    return Year(
        preview=preview,
        months=tuple(
            Month(
                first=month.first,
                working_days=month.working_days,
                weeks=tuple(
                    tuple(_cell(calendar, named, month.first.month, on) for on in week)
                    for week in _WEEKS.monthdatescalendar(year, month.first.month)
                ),
            )
            for month in preview.months
        ),
        named=tuple(day for month in preview.months for day in month.days),
    )


def years_of(edition: CalendarEdition, today: date) -> tuple[int, ...]:
    """The years an edition can say something about."""
    told = [today.year, *(day.on.year for day in edition.days)]
    return tuple(range(min(told), max(told) + 1))


def _cell(calendar: WorkingCalendar, named: dict[date, CalendarDay], month: int, on: date) -> Cell:
    if on.month != month:
        return Cell()
    return Cell(on=on, mark=_mark(calendar, on), day=named.get(on))


def _mark(calendar: WorkingCalendar, on: date) -> Mark:
    if calendar.is_working(on):
        return Mark.WORKED if is_weekend(on) else Mark.PLAIN
    return Mark.WEEKEND if is_weekend(on) else Mark.CLOSED
