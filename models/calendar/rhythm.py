"""Moments that come again: on each working day, on the first one of a week or a month, at an hour."""

from datetime import date, datetime, time, timedelta
from itertools import count

from models.calendar.working import WorkingCalendar
from models.vocabulary.file_schedules import Rhythm


def last_moment(rhythm: Rhythm, hour: int, until: datetime, calendar: WorkingCalendar) -> datetime:
    """The latest one at or before an instant (UTC). `hour` is a full hour of local time.

    However many passed in an outage: only the last of them counts.
    """
    today = calendar.local_date(until)
    days = (today - timedelta(days=back) for back in count())
    moments = (calendar.instant(day, time(hour)) for day in days if falls_on(rhythm, day, calendar))
    return next(moment for moment in moments if moment <= until)


def next_moment(rhythm: Rhythm, hour: int, after: datetime, calendar: WorkingCalendar) -> datetime:
    """The first one after an instant (UTC)."""
    today = calendar.local_date(after)
    days = (today + timedelta(days=ahead) for ahead in count())
    moments = (calendar.instant(day, time(hour)) for day in days if falls_on(rhythm, day, calendar))
    return next(moment for moment in moments if moment > after)


def falls_on(rhythm: Rhythm, day: date, calendar: WorkingCalendar) -> bool:
    """Whether one falls on the local date."""
    if not calendar.is_working(day):
        return False
    before = calendar.previous_working_day(day)
    match rhythm:
        case Rhythm.WORKING_DAYS:
            return True
        case Rhythm.WEEKS:
            return before.isocalendar()[:2] != day.isocalendar()[:2]
        case Rhythm.MONTHS:
            return (before.year, before.month) != (day.year, day.month)
