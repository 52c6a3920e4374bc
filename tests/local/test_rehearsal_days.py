"""The plot's days, whichever day it is begun on: nobody acts in the outage, what it misses is all inside."""

from datetime import date, timedelta

import pytest

from local.rehearsal.days import Days, days_from
from local.samples import load_calendar
from models.vocabulary.ladders import Ladders, Rung

CALENDAR = load_calendar().working_calendar()
BEGINNINGS = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


@pytest.fixture(scope="module")
def played() -> list[Days]:
    return [days_from(today, today, 3, CALENDAR) for today in BEGINNINGS]


def rung_day(days: Days, rung: Rung) -> date:
    due, offset = days.missed_round_ends, rung.working_days
    if offset > 0:
        return CALENDAR.add_working_days(due, offset)
    return CALENDAR.subtract_working_days(due, -offset) if offset else due


def test_people_act_before_and_after_the_outage(played: list[Days]) -> None:
    for days in played:
        assert days.on(2, 14) < days.outage_begins
        assert days.after_outage(15) < days.on(7, 27), "the round that follows is completed inside itself"
        assert days.outage_over < days.on(7, 1)


@pytest.mark.parametrize(
    "rung", [*Ladders().review, *Ladders().implementation], ids=lambda rung: rung.name.value
)
def test_what_is_missed_is_missed_from_end_to_end(played: list[Days], rung: Rung) -> None:
    for days in played:
        assert days.outage_begins < rung_day(days, rung) < days.outage_over


def test_it_ends_in_the_january_after_the_next_full_year(played: list[Days]) -> None:
    for today, days in zip(BEGINNINGS, played, strict=True):
        assert days.year == today.year + 1
        assert days.end == date(days.year + 1, 1, 31)
