"""A due day explained is the due day computed: counts, dates, pauses, extensions."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.agenda.changes import due_on, extend, pause, resume
from models.agenda.deadline import Basis, BasisKind, Deadline, Roll
from models.agenda.explained import DueBy, explain_deadline
from models.calendar.working import WorkingCalendar
from tests.models.agenda.deadlines import ANCHORS, by_date, statutory, working_days
from tests.models.calendar.calendars import calendars, kz, kz_edition

many = settings(max_examples=300, deadline=None)
NAMED = kz_edition().named()


def agrees(deadline: Deadline, calendar: WorkingCalendar) -> None:
    told = explain_deadline(deadline, calendar)
    assert told.result == due_on(deadline, calendar) == deadline.due_on
    assert told.agrees
    assert told.provisional == deadline.provisional
    if told.count is not None:
        assert told.count.working_days == told.left
        assert told.count.result <= told.result
    assert not any(calendar.is_working(day.on) for day in told.rolled)


@many
@given(calendars(), ANCHORS, st.integers(1, 40), st.integers(0, 60), st.integers(0, 60), st.integers(1, 12))
def test_whatever_happened_to_it_the_explanation_is_the_computation(
    calendar: WorkingCalendar, anchor: date, budget: int, used: int, away: int, more: int
) -> None:
    counted = working_days(calendar, budget, anchor)
    for deadline in (counted, by_date(calendar, counted.due_on + timedelta(days=used), anchor)):
        agrees(deadline, calendar)
        stopped = min(anchor + timedelta(days=used), deadline.due_on)
        agrees(extend(deadline, calendar, today=stopped, reason_given=True, more_days=more), calendar)
        until = deadline.due_on + timedelta(days=more)
        if calendar.working_day_from(until) > deadline.due_on:
            agrees(extend(deadline, calendar, today=stopped, reason_given=True, until=until), calendar)
        resumed = resume(pause(deadline, calendar, stopped), calendar, stopped + timedelta(days=away))
        agrees(resumed, calendar)
        longer = extend(resumed, calendar, today=resumed.due_on, reason_given=True, more_days=more)
        agrees(longer, calendar)
        assert calendar.working_days_between(resumed.due_on, longer.due_on) == more


@many
@given(calendars(), ANCHORS, st.integers(2, 40), st.integers(0, 60), st.integers(0, 90), st.integers(1, 12))
def test_extension_and_pause_keep_budgets_in_any_order(
    calendar: WorkingCalendar, anchor: date, budget: int, used: int, away: int, more: int
) -> None:
    """However a pause and an extension fall, the days used before and left after it make the budget."""
    deadline = working_days(calendar, budget, anchor)
    stopped = min(anchor + timedelta(days=used), calendar.previous_working_day(deadline.due_on))
    first = extend(deadline, calendar, today=stopped, reason_given=True, more_days=more)
    then = resume(pause(first, calendar, stopped), calendar, stopped + timedelta(days=away))
    told = explain_deadline(then, calendar)
    assert told.budget == budget + more
    assert told.consumed == calendar.working_days_between(anchor, stopped)
    assert told.left == budget + more - told.consumed
    assert told.count is not None
    assert told.count.working_days == told.left
    paused_first = resume(pause(deadline, calendar, stopped), calendar, stopped + timedelta(days=away))
    then_extended = extend(
        paused_first, calendar, today=paused_first.due_on, reason_given=True, more_days=more
    )
    assert (then_extended.budget, then_extended.consumed) == (then.budget, then.consumed)


@many
@given(calendars(), ANCHORS, ANCHORS, st.integers(1, 40))
def test_a_later_start_or_a_longer_term_never_ends_earlier(
    calendar: WorkingCalendar, a: date, b: date, budget: int
) -> None:
    earlier, later = (explain_deadline(working_days(calendar, budget, x), calendar) for x in sorted((a, b)))
    longer = explain_deadline(working_days(calendar, budget + 1, a), calendar)
    assert earlier.result <= later.result
    assert explain_deadline(working_days(calendar, budget, a), calendar).result < longer.result


def test_a_date_on_a_holiday_is_rolled_on_by_the_days_that_are_named() -> None:
    told = explain_deadline(by_date(kz(), date(2026, 3, 21), date(2026, 3, 2)), kz(), NAMED)
    assert (told.by, told.fixed_on, told.result) == (DueBy.DATE, date(2026, 3, 21), date(2026, 3, 26))
    assert [day.on.day for day in told.rolled] == [21, 22, 23, 24, 25]
    names = [day.day.names.en for day in told.rolled if day.day]
    assert names[0] == "Nauryz"
    assert all(day.day and day.day.act for day in told.rolled)


def test_a_year_s_end_is_kept_even_where_it_is_a_day_off() -> None:
    sunday = date(2026, 6, 14)
    told = explain_deadline(by_date(kz(), sunday, roll=Roll.KEPT), kz(), NAMED)
    assert (told.result, told.rolled) == (sunday, ())
    duty = statutory(Basis(kind=BasisKind.RULE, reference="13.1"))
    assert explain_deadline(duty, kz()).result == date(2026, 12, 31)


def test_while_it_is_paused_nothing_is_counted_and_what_is_left_is_told() -> None:
    paused = pause(working_days(kz(), 15), kz(), date(2026, 6, 8))
    told = explain_deadline(paused, kz(), NAMED)
    assert (told.by, told.consumed, told.left, told.count) == (DueBy.PAUSE, 5, 10, None)


def test_after_a_pause_only_the_present_run_is_counted() -> None:
    resumed = resume(pause(working_days(kz(), 15), kz(), date(2026, 6, 8)), kz(), date(2026, 6, 14))
    told = explain_deadline(resumed, kz(), NAMED)
    assert (told.budget, told.consumed, told.left) == (15, 5, 10)
    assert told.count is not None
    assert (told.count.start, told.count.result) == (date(2026, 6, 14), date(2026, 6, 26))


@pytest.mark.parametrize("on", [date(2026, 6, 13), date(2026, 6, 14)])
def test_resumed_on_a_weekend_with_nothing_left_it_ends_on_monday(on: date) -> None:
    spent = pause(working_days(kz(), 5), kz(), date(2026, 6, 8))
    told = explain_deadline(resume(spent, kz(), on), kz(), NAMED)
    assert (told.left, told.result) == (0, date(2026, 6, 15))
    assert told.rolled[-1].on == date(2026, 6, 14)
