"""The next edition of a calendar: days declared or taken back. What is published is never rewritten.

`today` is the local date. An edition is derived from the newest one only; who else has published one
meanwhile is the business of whoever keeps them.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from models.calendar.day import CalendarDay, CalendarDayKind
from models.calendar.edition import MOST_DAYS, CalendarEdition, diff
from models.calendar.working import is_weekend
from models.vocabulary.base import Model
from models.vocabulary.refusal import refuse_if

REACH_BACK: Final = timedelta(days=366)
"""A forgotten holiday still moves what is open; what lies further back is history, mended by a file."""
YEARS_AHEAD: Final = 5
_STEM: Final = "kz"
_WEEKDAYS_ONLY: Final = (CalendarDayKind.TRANSFERRED_DAY_OFF, CalendarDayKind.CLOSURE)


class CalendarChangeRefusal(StrEnum):
    """Why days may not be declared or taken back so."""

    CALENDAR_DAY_OUT_OF_REACH = "calendar_day_out_of_reach"
    CALENDAR_DAY_TWICE = "calendar_day_twice"
    CALENDAR_DAY_UNKNOWN = "calendar_day_unknown"
    CALENDAR_WORKING_DAY_ON_WEEKDAY = "calendar_working_day_on_weekday"
    CALENDAR_DAY_OFF_ON_WEEKEND = "calendar_day_off_on_weekend"
    CALENDAR_UNCHANGED = "calendar_unchanged"
    CALENDAR_FULL = "calendar_full"
    CALENDAR_ANNOUNCED_EARLIER = "calendar_announced_earlier"


class CalendarChange(Model):
    """What becomes of an edition: days by their date, all by one reason and in one edition.

    A transfer is two days, the one off and the one worked for it: together or people are told twice.
    """

    declared: tuple[CalendarDay, ...] = ()
    removed: tuple[date, ...] = ()
    announced_through: date | None = None


def kind_fits(on: date, kind: CalendarDayKind) -> None:
    """Whether a day of the week can be what it is declared to be. Raises Refused."""
    refuse_if(
        kind is CalendarDayKind.WORKING_WEEKEND and not is_weekend(on),
        CalendarChangeRefusal.CALENDAR_WORKING_DAY_ON_WEEKDAY,
        date=on.isoformat(),
    )
    refuse_if(
        kind in _WEEKDAYS_ONLY and is_weekend(on),
        CalendarChangeRefusal.CALENDAR_DAY_OFF_ON_WEEKEND,
        date=on.isoformat(),
    )


def days_fit(edition: CalendarEdition) -> None:
    """The same of every day of an edition that comes as a whole. Raises Refused."""
    for day in edition.days:
        kind_fits(day.on, day.kind)


def next_edition(
    newest: CalendarEdition, change: CalendarChange, known: Iterable[str], today: date
) -> CalendarEdition:
    """The edition after `newest`; `known` are the ids in use.

    A date that has a day already gets the declared one in its place. Raises Refused (CALENDAR_…).
    """
    _refuse_dates(newest, change, today)
    days = {day.on: day for day in newest.days if day.on not in change.removed}
    days |= {day.on: day for day in change.declared}
    refuse_if(len(days) > MOST_DAYS, CalendarChangeRefusal.CALENDAR_FULL, limit=str(MOST_DAYS))
    following = CalendarEdition(
        id=next_id(known, today.year),
        announced_through=_announced(newest, change),
        days=tuple(days[on] for on in sorted(days)),
        zone=newest.zone,
    )
    refuse_if(_says_the_same(newest, following), CalendarChangeRefusal.CALENDAR_UNCHANGED, edition=newest.id)
    return following


def next_id(known: Iterable[str], year: int) -> str:
    """`kz-2026.3` after `kz-2026.2`: a sequence for each year in which editions are published."""
    pattern = re.compile(rf"{_STEM}-{year}\.(\d{{1,6}})")
    serials = [int(found[1]) for edition in known if (found := pattern.fullmatch(edition))]
    return f"{_STEM}-{year}.{max(serials, default=0) + 1}"


def _refuse_dates(newest: CalendarEdition, change: CalendarChange, today: date) -> None:
    dates = [*(day.on for day in change.declared), *change.removed]
    known = {day.on for day in newest.days}
    for on in dates:
        _refuse_out_of_reach(on, today)
        refuse_if(dates.count(on) > 1, CalendarChangeRefusal.CALENDAR_DAY_TWICE, date=on.isoformat())
    for on in change.removed:
        refuse_if(on not in known, CalendarChangeRefusal.CALENDAR_DAY_UNKNOWN, date=on.isoformat())
    for day in change.declared:
        kind_fits(day.on, day.kind)
    if change.announced_through is not None and change.announced_through > newest.announced_through:
        _refuse_out_of_reach(change.announced_through, today)


def _refuse_out_of_reach(on: date, today: date) -> None:
    earliest, latest = today - REACH_BACK, date(today.year + YEARS_AHEAD, 12, 31)
    refuse_if(
        not earliest <= on <= latest,
        CalendarChangeRefusal.CALENDAR_DAY_OUT_OF_REACH,
        date=on.isoformat(),
        since=earliest.isoformat(),
        until=latest.isoformat(),
    )


def _announced(newest: CalendarEdition, change: CalendarChange) -> date:
    announced = change.announced_through or newest.announced_through
    refuse_if(
        announced < newest.announced_through,
        CalendarChangeRefusal.CALENDAR_ANNOUNCED_EARLIER,
        date=newest.announced_through.isoformat(),
    )
    return announced


def _says_the_same(newest: CalendarEdition, following: CalendarEdition) -> bool:
    changed = diff(newest, following)
    return not (changed.added or changed.removed) and following.announced_through == newest.announced_through
