"""On which days the plot's year is played, whatever day it is begun on."""

from dataclasses import dataclass
from datetime import date, timedelta

from local.rehearsal.outage import OUTAGE
from models.agenda.terms import months_later
from models.calendar.working import WorkingCalendar

_ONE_DAY = timedelta(days=1)
_ROUND_OF_THE_OUTAGE = (3, 15)
_REMINDED = timedelta(days=24)
"""Two working weeks before a day, also across the holidays of March and May."""


@dataclass(frozen=True)
class Days:
    """`year` is the next full calendar year; the rest are local dates in and about it."""

    calendar: WorkingCalendar
    year: int
    missed_round_ends: date  # of the review round whose ladder falls into the outage from end to end

    def on(self, month: int, day: int, after: int = 0) -> date:
        """The working day on or after a date of the year, or of a later one."""
        return self.calendar.working_day_from(date(self.year + after, month, day))

    @property
    def outage_begins(self) -> date:
        return self.missed_round_ends - _REMINDED

    @property
    def outage_over(self) -> date:
        return self.outage_begins + OUTAGE

    def after_outage(self, days: int) -> date:
        return self.calendar.working_day_from(self.outage_over + timedelta(days=days))

    @property
    def end(self) -> date:
        return date(self.year + 1, 1, 31)


def days_from(today: date, first_round_begins: date, months: int, calendar: WorkingCalendar) -> Days:
    """The plot's days; `months` is the interval of review rounds."""
    year = today.year + 1
    ends = months_later(first_round_begins, months) - _ONE_DAY
    while ends < date(year, *_ROUND_OF_THE_OUTAGE):
        ends = months_later(ends + _ONE_DAY, months) - _ONE_DAY
    return Days(calendar=calendar, year=year, missed_round_ends=ends)
