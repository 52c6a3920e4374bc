"""Counts that show their work: every day in its place, forward and until a date."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calendar.explained import LONGEST_SPAN, CalendarCountRefusal, explain, explain_until
from models.calendar.working import WorkingCalendar
from models.vocabulary.refusal import Refused
from tests.models.calendar.calendars import calendars, days, kz, kz_edition

many = settings(max_examples=300, deadline=None)


@many
@given(calendars(), days, st.integers(0, 60))
def test_every_day_of_a_count_is_told_once_and_in_order(
    calendar: WorkingCalendar, start: date, n: int
) -> None:
    told = explain(calendar, start, n).all_days
    assert [day.on for day in told] == [start + timedelta(days=i + 1) for i in range(len(told))]
    assert [day.number for day in told if day.number] == list(range(1, n + 1))
    assert [bool(day.number) for day in told] == [calendar.is_working(day.on) for day in told]
    assert not told or told[-1].number == n


@many
@given(calendars(), days, st.integers(0, 120))
def test_until_a_date_explains_what_between_counts(calendar: WorkingCalendar, start: date, span: int) -> None:
    until = start + timedelta(days=span)
    told = explain_until(calendar, start, until)
    assert told.working_days == calendar.working_days_between(start, until)
    assert (told.result, told.provisional) == (until, calendar.provisional(until))
    assert sum(bool(day.number) for day in told.all_days) == told.working_days
    assert len(told.all_days) == span


@many
@given(calendars(), days, st.integers(1, 60))
def test_the_two_questions_undo_each_other(calendar: WorkingCalendar, start: date, n: int) -> None:
    ends = explain(calendar, start, n)
    assert explain_until(calendar, start, ends.result) == ends


def test_a_weekend_at_the_end_is_told_too() -> None:
    told = explain_until(kz(), date(2026, 6, 4), date(2026, 6, 7))
    assert told.working_days == 1
    assert [day.on for day in told.skipped] == [date(2026, 6, 6), date(2026, 6, 7)]


def test_a_count_until_a_date_names_days_and_acts() -> None:
    told = kz_edition().explain_until(date(2024, 4, 30), date(2024, 5, 24))
    assert told.working_days == 15
    named = {day.on: day.day.act for day in told.days if day.day}
    assert named[date(2024, 5, 4)] == named[date(2024, 5, 8)] == "G24G0000109"


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (date(2026, 5, 31), CalendarCountRefusal.CALENDAR_UNTIL_BEFORE_FROM),
        (date(2026, 6, 2) + timedelta(days=LONGEST_SPAN), CalendarCountRefusal.CALENDAR_SPAN_TOO_LONG),
    ],
)
def test_what_cannot_be_counted_is_refused(until: date, code: CalendarCountRefusal) -> None:
    with pytest.raises(Refused) as refused:
        explain_until(kz(), date(2026, 6, 1), until)
    assert refused.value.code == code
