"""Working days and local time (reference vectors, properties, time zone)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from models.calendar.explained import DayReason, explain
from models.calendar.working import WorkingCalendar, is_weekend
from tests.models.calendar.calendars import PLAIN, calendars, days, kz, superseded

many = settings(max_examples=300, deadline=None)
counts = st.integers(0, 60)


@pytest.mark.parametrize(
    ("start", "plain", "kazakhstan"),
    [
        (date(2026, 3, 6), date(2026, 3, 27), date(2026, 4, 2)),
        (date(2024, 4, 30), date(2024, 5, 21), date(2024, 5, 24)),
        (date(2024, 12, 30), date(2025, 1, 20), date(2025, 1, 23)),
        (date(2025, 3, 14), date(2025, 4, 4), date(2025, 4, 9)),
        (date(2026, 8, 20), date(2026, 9, 10), date(2026, 9, 10)),
        (date(2026, 12, 10), date(2026, 12, 31), date(2027, 1, 5)),
    ],
    ids=[
        "nauryz-2026",
        "working-saturday-2024",
        "new-year-2025",
        "nauryz-2025",
        "lesson-of-2026",
        "new-year-2027",
    ],
)
def test_fifteen_working_days_end_where_the_official_calendar_says(
    start: date, plain: date, kazakhstan: date
) -> None:
    assert PLAIN.add_working_days(start, 15) == plain
    assert kz().add_working_days(start, 15) == kazakhstan
    assert explain(kz(), start, 15).result == kazakhstan


def test_the_superseded_calendar_of_2026_was_a_day_late() -> None:
    assert superseded().add_working_days(date(2026, 8, 20), 15) == date(2026, 9, 11)


def test_a_working_saturday_counts_and_is_explained() -> None:
    told = explain(kz(), date(2024, 4, 30), 15)
    assert [day.on for day in told.working_weekends] == [date(2024, 5, 4)]
    assert date(2024, 5, 4) not in [day.on for day in told.skipped]
    closed = [day.on for day in told.skipped if day.reason is DayReason.CLOSED]
    assert closed == [date(2024, 5, 1), date(2024, 5, 7), date(2024, 5, 8), date(2024, 5, 9)]


@many
@given(calendars(), days, counts)
def test_a_count_never_ends_on_a_day_off(calendar: WorkingCalendar, start: date, n: int) -> None:
    assert calendar.is_working(calendar.add_working_days(start, n + 1))
    assert calendar.is_working(calendar.subtract_working_days(start, n + 1))
    assert calendar.is_working(calendar.working_day_from(start))


@many
@given(calendars(), days, counts)
def test_between_is_the_inverse_of_adding(calendar: WorkingCalendar, start: date, n: int) -> None:
    end = calendar.add_working_days(start, n)
    assert calendar.working_days_between(start, end) == n
    assert calendar.working_days_between(end, start) == -n


@many
@given(calendars(), days, days, counts)
def test_counting_is_monotone(calendar: WorkingCalendar, a: date, b: date, n: int) -> None:
    earlier, later = sorted((a, b))
    assert calendar.add_working_days(earlier, n) <= calendar.add_working_days(later, n)
    assert calendar.add_working_days(a, n) < calendar.add_working_days(a, n + 1)


@many
@given(calendars(), days, counts)
def test_explanation_and_count_agree_and_every_day_is_accounted_for(
    calendar: WorkingCalendar, start: date, n: int
) -> None:
    told = explain(calendar, start, n)
    assert told.result == calendar.add_working_days(start, n)
    assert told.provisional == calendar.provisional(told.result)
    assert (told.result - start).days == n + len(told.skipped)
    assert all(calendar.is_working(day.on) for day in told.working_weekends)
    assert not any(calendar.is_working(day.on) for day in told.skipped)


@many
@given(calendars(), days)
def test_neighbouring_working_days_leave_nothing_between(calendar: WorkingCalendar, day: date) -> None:
    following = calendar.next_working_day(day)
    gap = [day + timedelta(days=n) for n in range(1, (following - day).days)]
    assert not any(calendar.is_working(between) for between in gap)
    assert calendar.previous_working_day(following) == (
        day if calendar.is_working(day) else calendar.previous_working_day(day)
    )


def test_negative_counts_are_refused() -> None:
    for count in (kz().add_working_days, kz().subtract_working_days):
        with pytest.raises(ValueError, match="from 0 up"):
            count(date(2026, 1, 1), -1)
    with pytest.raises(ValueError, match="from 0 up"):
        explain(kz(), date(2026, 1, 1), -1)


def test_exceptions_stand_on_the_right_side_of_the_week() -> None:
    saturday, monday = date(2026, 3, 14), date(2026, 3, 16)
    with pytest.raises(ValidationError):
        WorkingCalendar(edition="x", announced_through=monday, closed=(saturday,))
    with pytest.raises(ValidationError):
        WorkingCalendar(edition="x", announced_through=monday, working=(monday,))


def test_days_after_the_last_announcement_are_provisional() -> None:
    assert not kz().provisional(date(2026, 12, 31))
    assert kz().provisional(date(2027, 1, 1))
    assert explain(kz(), date(2026, 12, 10), 15).provisional


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(date(2024, 2, 29), 3), (date(2024, 3, 1), 4), (date(2023, 7, 3), 3), (date(2026, 11, 23), 4)],
)
def test_nine_in_almaty_before_and_after_1_march_2024(day: date, utc_hour: int) -> None:
    assert kz().opening(day) == datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)


@many
@given(days, st.times())
def test_local_date_undoes_instant(day: date, at: time) -> None:
    instant = kz().instant(day, at.replace(fold=0))
    assert instant.utcoffset() == timedelta(0)
    assert kz().local_date(instant) == day


def test_the_local_day_begins_in_the_utc_evening_before() -> None:
    assert kz().local_date(datetime(2026, 3, 31, 18, 59, tzinfo=UTC)) == date(2026, 3, 31)
    assert kz().local_date(datetime(2026, 3, 31, 19, 0, tzinfo=UTC)) == date(2026, 4, 1)
    with pytest.raises(ValueError, match="time zone"):
        kz().local_date(datetime(2026, 3, 31, 19, 0))  # noqa: DTZ001 - a naive one on purpose


@many
@given(calendars(), st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_letters_leave_in_working_hours_and_never_earlier(
    calendar: WorkingCalendar, moment: datetime
) -> None:
    leaves = calendar.working_moment_from(moment)
    local = leaves + timedelta(hours=5)
    assert leaves >= moment
    assert calendar.is_working(local.date())
    assert time(9) <= local.time() < time(18)
    assert calendar.working_moment_from(leaves) == leaves


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (time(8, 59), time(9)),
        (time(9), time(9)),
        (time(17, 59), time(17, 59)),
        (time(18), None),
    ],
)
def test_letters_of_a_friday_leave_until_six_or_on_monday(moment: time, leaves: time | None) -> None:
    friday, monday = date(2026, 6, 5), date(2026, 6, 8)
    expected = kz().instant(friday, leaves) if leaves else kz().opening(monday)
    assert kz().working_moment_from(kz().instant(friday, moment)) == expected


def test_a_plain_week_has_five_days() -> None:
    week = [date(2026, 6, 1) + timedelta(days=n) for n in range(7)]
    assert (
        [PLAIN.is_working(day) for day in week]
        == [not is_weekend(day) for day in week]
        == [True] * 5 + [False] * 2
    )
