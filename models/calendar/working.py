"""Working days and local time.

Nothing here reads a clock. Temporal's sandbox proxies `zoneinfo` beyond use, so workflows import this
module passed through and never `zoneinfo` itself.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Self

from pydantic import model_validator

from models.calendar.zone import COUNTRY_ZONE, zone_of
from models.vocabulary.base import Model

_ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


class WorkingHours(Model):
    """The hours, local time, in which people are written to; closing time itself is outside."""

    opens: time
    closes: time

    def include(self, moment: time) -> bool:
        """Whether the local time of day is within the hours."""
        return self.opens <= moment < self.closes


WORKING_HOURS: Final = WorkingHours(opens=time(9), closes=time(18))


def is_weekend(day: date) -> bool:
    """Whether the day is a Saturday or a Sunday, whatever was decided about it."""
    return day.weekday() >= _SATURDAY


class WorkingCalendar(Model):
    """A five-day week and its exceptions, small enough to be pinned into a workflow's input.

    `closed` holds weekdays that are days off and `working` weekend days that are worked. Days after
    `announced_through` are counted by the week and the holidays known so far: such a date is provisional,
    because transfers are announced year by year.
    """

    edition: str
    announced_through: date
    closed: tuple[date, ...] = ()
    working: tuple[date, ...] = ()
    zone: str = COUNTRY_ZONE

    @model_validator(mode="after")
    def _exceptions_are_exceptions(self) -> Self:
        if any(is_weekend(day) for day in self.closed):
            raise ValueError("closed lists weekdays only")
        if not all(is_weekend(day) for day in self.working):
            raise ValueError("working lists weekend days only")
        return self

    def is_working(self, day: date) -> bool:
        """Whether people work on the local date."""
        return day in self.working if is_weekend(day) else day not in self.closed

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after `day`."""
        return next(later for later in _days_after(day) if self.is_working(later))

    def previous_working_day(self, day: date) -> date:
        """The last working day strictly before `day`."""
        return next(earlier for earlier in _days_before(day) if self.is_working(earlier))

    def working_day_from(self, day: date) -> date:
        """`day` itself if it is worked, else the next working day: where a term ending on a day off ends."""
        return day if self.is_working(day) else self.next_working_day(day)

    def add_working_days(self, day: date, n: int) -> date:
        """The `n`-th working day counted from the day after `day`; `day` itself for 0.

        Raises ValueError if `n` is negative.
        """
        _require_count(n)
        for _ in range(n):
            day = self.next_working_day(day)
        return day

    def subtract_working_days(self, day: date, n: int) -> date:
        """The `n`-th working day counted back from the day before `day`; `day` itself for 0.

        Raises ValueError if `n` is negative.
        """
        _require_count(n)
        for _ in range(n):
            day = self.previous_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative if `end` is earlier.

        The inverse of `add_working_days`.
        """
        if end < start:
            return -self.working_days_between(end, start)
        span = (end - start).days
        return sum(self.is_working(start + timedelta(days=offset)) for offset in range(1, span + 1))

    def provisional(self, day: date) -> bool:
        """Whether the date lies beyond what has been announced and may still move."""
        return day > self.announced_through

    def local_date(self, instant: datetime) -> date:
        """The date on the wall calendar at an aware instant."""
        return self._local(instant).date()

    def instant(self, day: date, at: time) -> datetime:
        """The UTC instant of a local date and time of day.

        Real zone data, not a fixed offset: Almaty was at UTC+6 until 29 February 2024 and is at UTC+5 since.
        """
        return datetime.combine(day, at, tzinfo=zone_of(self.zone)).astimezone(UTC)

    def opening(self, day: date) -> datetime:
        """The UTC instant at which working hours open on a local date."""
        return self.instant(day, WORKING_HOURS.opens)

    def midnight(self, day: date) -> datetime:
        """The UTC instant at which a local date begins."""
        return self.instant(day, time(0))

    def working_moment_from(self, instant: datetime) -> datetime:
        """`instant` itself if people are at work, else the next opening: when a letter may leave, in UTC."""
        local = self._local(instant)
        today = local.date()
        if not self.is_working(today) or local.time() >= WORKING_HOURS.closes:
            return self.opening(self.next_working_day(today))
        return instant.astimezone(UTC) if WORKING_HOURS.include(local.time()) else self.opening(today)

    def _local(self, instant: datetime) -> datetime:
        if instant.tzinfo is None:
            raise ValueError("an instant carries its time zone")
        return instant.astimezone(zone_of(self.zone))


def _require_count(n: int) -> None:
    if n < 0:
        raise ValueError("working days are counted from 0 up")


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += _ONE_DAY
        yield day


def _days_before(day: date) -> Iterator[date]:
    while True:
        day -= _ONE_DAY
        yield day
