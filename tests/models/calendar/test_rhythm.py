"""On which days a file is made, and which moment counts after some were missed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar.rhythm import falls_on, last_moment, next_moment
from models.calendar.working import WorkingCalendar
from models.vocabulary.file_schedules import Rhythm

# 16 December 2026 (a Wednesday) and the two days after it are off, Saturday the 12th is worked.
CALENDAR = WorkingCalendar(
    edition="test",
    announced_through=date(2026, 12, 31),
    closed=(date(2026, 12, 14), date(2026, 12, 16), date(2026, 12, 17), date(2027, 1, 1)),
    working=(date(2026, 12, 12),),
)


def at(text: str) -> datetime:
    """Local time of Almaty (UTC+5), as an instant."""
    return datetime.fromisoformat(f"{text}+05:00").astimezone(UTC)


INSTANTS = st.integers(0, 730 * 24 * 60).map(
    lambda minutes: at("2026-01-01T00:00") + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("rhythm", "now", "last", "following"),
    [
        (Rhythm.WORKING_DAYS, "2026-12-15T06:59", "2026-12-12T07:00", "2026-12-15T07:00"),
        (Rhythm.WORKING_DAYS, "2026-12-15T07:00", "2026-12-15T07:00", "2026-12-18T07:00"),
        (Rhythm.WORKING_DAYS, "2026-12-17T23:00", "2026-12-15T07:00", "2026-12-18T07:00"),
        (Rhythm.WEEKS, "2026-12-18T08:00", "2026-12-15T07:00", "2026-12-21T07:00"),
        (Rhythm.WEEKS, "2026-12-14T08:00", "2026-12-07T07:00", "2026-12-15T07:00"),
        (Rhythm.MONTHS, "2027-01-03T08:00", "2026-12-01T07:00", "2027-01-04T07:00"),
        (Rhythm.MONTHS, "2027-01-04T07:00", "2027-01-04T07:00", "2027-02-01T07:00"),
    ],
)
def test_a_moment_falls_on_a_working_day_of_its_rhythm(
    rhythm: Rhythm, now: str, last: str, following: str
) -> None:
    assert last_moment(rhythm, 7, at(now), CALENDAR) == at(last)
    assert next_moment(rhythm, 7, at(now), CALENDAR) == at(following)


@given(rhythm=st.sampled_from(Rhythm), hour=st.integers(0, 23), now=INSTANTS)
def test_between_the_last_moment_and_the_next_there_is_none(rhythm: Rhythm, hour: int, now: datetime) -> None:
    last, following = last_moment(rhythm, hour, now, CALENDAR), next_moment(rhythm, hour, now, CALENDAR)
    assert last <= now < following
    assert next_moment(rhythm, hour, last, CALENDAR) == following
    assert last_moment(rhythm, hour, following - timedelta(microseconds=1), CALENDAR) == last


@given(rhythm=st.sampled_from(Rhythm), day=st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_every_week_and_every_month_has_one_and_it_is_worked(rhythm: Rhythm, day: date) -> None:
    assert not falls_on(rhythm, day, CALENDAR) or CALENDAR.is_working(day)
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=each) for each in range(7)]
    assert sum(falls_on(Rhythm.WEEKS, each, CALENDAR) for each in week) == 1
