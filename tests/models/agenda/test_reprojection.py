"""What a new calendar does to deadlines."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.agenda.changes import meet, pause, reach, resume, withdraw
from models.agenda.deadline import Deadline
from models.agenda.reprojection import reproject
from models.calendar.working import WorkingCalendar, is_weekend
from models.vocabulary.ladders import RungName
from tests.models.agenda.deadlines import ANCHORS, by_date, working_days
from tests.models.calendar.calendars import calendars, kz, superseded, with_closed, with_working

SATURDAY = 5  # as `date.weekday` counts

many = settings(max_examples=300, deadline=None)


def test_the_lesson_of_2026_moves_the_date_and_names_the_day() -> None:
    moved = reproject(working_days(superseded(), 15, date(2026, 8, 20)), superseded(), kz())
    assert moved is not None
    assert moved.moved
    assert (moved.old_due, moved.new_due) == (date(2026, 9, 11), date(2026, 9, 10))
    assert moved.days == (date(2026, 8, 31),)
    assert (moved.deadline.due_on, moved.deadline.calendar) == (date(2026, 9, 10), kz().edition)


@many
@given(calendars(), ANCHORS, st.integers(1, 30), st.integers(-3, 40))
def test_a_closure_moves_what_it_crosses_by_exactly_one_working_day(
    calendar: WorkingCalendar, anchor: date, budget: int, offset: int
) -> None:
    deadline, closed = working_days(calendar, budget, anchor), anchor + timedelta(days=offset)
    assume(calendar.is_working(closed) and not is_weekend(closed))
    new = with_closed(calendar, closed)
    moved = reproject(deadline, calendar, new)
    if not anchor < closed <= deadline.due_on:
        assert moved is None
        return
    assert moved is not None
    assert moved.days == (closed,)
    assert calendar.working_days_between(moved.old_due, moved.new_due) == 1
    assert new.working_days_between(anchor, moved.new_due) == budget


@many
@given(calendars(), ANCHORS, st.integers(1, 30), st.integers(-3, 40))
def test_a_saturday_declared_working_moves_them_back(
    calendar: WorkingCalendar, anchor: date, budget: int, offset: int
) -> None:
    deadline, day = working_days(calendar, budget, anchor), anchor + timedelta(days=offset)
    worked = day + timedelta(days=SATURDAY - day.weekday())
    assume(not calendar.is_working(worked))
    new = with_working(calendar, worked)
    moved = reproject(deadline, calendar, new)
    if not anchor < worked < deadline.due_on:
        assert moved is None
        return
    assert moved is not None
    assert moved.days == (worked,)
    assert new.working_days_between(moved.new_due, moved.old_due) == 1


@pytest.mark.parametrize(
    "ended",
    [
        meet(working_days(kz(), 10), date(2026, 6, 5)),
        withdraw(working_days(kz(), 10), date(2026, 6, 5)),
        reach(working_days(kz(), 10), RungName.EXPIRED),
        pause(working_days(kz(), 10), kz(), date(2026, 6, 5)),
    ],
    ids=lambda deadline: deadline.status,
)
def test_what_is_not_open_stays(ended: Deadline) -> None:
    assert reproject(ended, kz(), with_closed(kz(), date(2026, 6, 10))) is None


def test_a_paused_deadline_meets_the_new_calendar_when_resumed() -> None:
    paused = pause(working_days(kz(), 10), kz(), date(2026, 6, 5))
    new = with_closed(kz(), date(2026, 6, 10))
    assert resume(paused, new, date(2026, 6, 8)).due_on == new.add_working_days(date(2026, 6, 8), 6)


def test_the_day_counted_from_is_not_named() -> None:
    anchor = date(2026, 6, 1)
    moved = reproject(working_days(kz(), 5, anchor), kz(), with_closed(kz(), anchor, date(2026, 6, 3)))
    assert moved is not None
    assert moved.days == (date(2026, 6, 3),)


def test_a_date_moves_only_if_it_falls_on_the_closed_day_itself() -> None:
    due = date(2026, 6, 15)
    before = reproject(by_date(kz(), due), kz(), with_closed(kz(), date(2026, 6, 12)))
    on_the_day = reproject(by_date(kz(), due), kz(), with_closed(kz(), due))
    assert before is None
    assert on_the_day is not None
    assert (on_the_day.new_due, on_the_day.days) == (date(2026, 6, 16), (due,))


def test_a_provisional_date_that_becomes_certain_has_not_moved() -> None:
    deadline = working_days(kz(), 15, date(2026, 12, 10))
    announced = kz().model_copy(update={"edition": "kz-2027.1", "announced_through": date(2027, 12, 31)})
    certain = reproject(deadline, kz(), announced)
    assert deadline.provisional
    assert certain is not None
    assert not certain.moved
    assert (certain.days, certain.deadline.provisional, certain.new_due) == ((), False, deadline.due_on)
    assert reproject(certain.deadline, announced, announced) is None


def test_a_count_after_a_pause_is_moved_by_days_of_the_present_run_only() -> None:
    running = resume(pause(working_days(kz(), 10), kz(), date(2026, 6, 5)), kz(), date(2026, 6, 15))
    assert reproject(running, kz(), with_closed(kz(), date(2026, 6, 10))) is None
    moved = reproject(running, kz(), with_closed(kz(), date(2026, 6, 10), date(2026, 6, 17)))
    assert moved is not None
    assert moved.days == (date(2026, 6, 17),)
