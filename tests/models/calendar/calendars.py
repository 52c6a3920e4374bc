"""Calendars that tests of time share: the committed one, plain weeks, and any calendar at all."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from models.calendar.csv import read_calendar
from models.calendar.edition import CalendarEdition
from models.calendar.working import WorkingCalendar, is_weekend

KZ_CSV = Path(__file__).parents[3] / "samples" / "calendar" / "kz.csv"
PLAIN = WorkingCalendar(edition="plain", announced_through=date(2030, 12, 31))

_SPAN = st.dates(date(2025, 12, 1), date(2027, 3, 1))
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@cache
def kz_edition() -> CalendarEdition:
    return read_calendar(KZ_CSV.read_text(encoding="utf-8"))


@cache
def kz() -> WorkingCalendar:
    return kz_edition().working_calendar()


def superseded() -> WorkingCalendar:
    """2026 as announced before the new Constitution: Monday 31 August off."""
    return with_closed(kz(), date(2026, 8, 31), edition="kz-2026.1")


def with_closed(calendar: WorkingCalendar, *more: date, edition: str = "next") -> WorkingCalendar:
    return calendar.model_copy(
        update={"edition": edition, "closed": tuple(sorted({*calendar.closed, *more}))}
    )


def with_working(calendar: WorkingCalendar, *more: date, edition: str = "next") -> WorkingCalendar:
    return calendar.model_copy(
        update={"edition": edition, "working": tuple(sorted({*calendar.working, *more}))}
    )


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """Any calendar around 2026 with up to 60 exceptions, long closures among them."""
    exceptions = draw(st.sets(_SPAN, max_size=40))
    closure = draw(_SPAN)
    exceptions |= {closure + timedelta(days=n) for n in range(draw(st.integers(0, 20)))}
    return WorkingCalendar(
        edition="drawn",
        announced_through=draw(_SPAN),
        closed=tuple(sorted(day for day in exceptions if not is_weekend(day))),
        working=tuple(sorted(day for day in exceptions if is_weekend(day))),
    )
