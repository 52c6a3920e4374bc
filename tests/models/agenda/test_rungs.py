"""When deadlines speak: working hours, order, outages, extensions."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.agenda.changes import extend, meet, pause, reach, withdraw
from models.agenda.rungs import coalesce, due_rungs, next_rung_at, rung_at
from models.calendar.working import WORKING_HOURS, WorkingCalendar
from models.vocabulary.ladders import Ladders, Rung, RungName, letter_ladder
from tests.models.agenda.deadlines import (
    ANCHORS,
    by_date,
    minute_before,
    nine_o_clock,
    reach_all,
    working_days,
)
from tests.models.calendar.calendars import PLAIN, calendars, kz

many = settings(max_examples=300, deadline=None)
budgets = st.lists(st.integers(1, 30), min_size=1, max_size=5)


@many
@given(
    calendars(),
    ANCHORS,
    st.integers(1, 30),
    st.sampled_from([letter_ladder(), letter_ladder(5), Ladders().yearly_duty]),
)
def test_rungs_open_a_working_day(
    calendar: WorkingCalendar, anchor: date, budget: int, ladder: tuple[Rung, ...]
) -> None:
    deadline = working_days(calendar, budget, anchor, rungs=ladder)
    moments = [rung_at(deadline, rung, calendar) for rung in deadline.rungs]
    for moment in moments:
        assert calendar.is_working(calendar.local_date(moment))
        assert moment == calendar.instant(calendar.local_date(moment), WORKING_HOURS.opens)
    assert moments == sorted(moments)


def test_the_deadline_expires_with_the_first_working_moment_after_its_day() -> None:
    deadline = working_days(kz(), 4)
    assert deadline.due_on == date(2026, 6, 5)  # a Friday
    expired = nine_o_clock(kz(), date(2026, 6, 8))
    assert RungName.EXPIRED not in [r.rung for r in due_rungs([deadline], kz(), minute_before(expired))]
    assert due_rungs([deadline], kz(), expired)[-1].rung is RungName.EXPIRED


def test_a_rung_on_a_due_day_that_is_off_comes_the_working_day_before() -> None:
    sunday = date(2026, 6, 14)
    deadline = by_date(kz(), date(2026, 6, 15)).model_copy(update={"due_on": sunday})
    last_call = next(rung for rung in deadline.rungs if rung.name is RungName.LAST_CALL)
    assert kz().local_date(rung_at(deadline, last_call, kz())) == date(2026, 6, 12)


def test_a_short_deadline_leaves_out_rungs_from_before_its_first_day() -> None:
    names = [
        r.rung for r in due_rungs([working_days(PLAIN, 2)], PLAIN, nine_o_clock(PLAIN, date(2026, 8, 3)))
    ]
    assert names == [RungName.LAST_CALL, RungName.EXPIRED, RungName.OVERDUE]
    three_days = working_days(PLAIN, 3)  # its reminder would open the very day it was sent
    assert (
        due_rungs([three_days], PLAIN, nine_o_clock(PLAIN, three_days.due_on))[0].rung is RungName.LAST_CALL
    )


def test_after_forty_days_of_outage_every_missed_rung_is_recorded_once_and_one_is_heard() -> None:
    deadlines = tuple(
        working_days(kz(), budget, deadline_id=name) for name, budget in (("b", 10), ("a", 10), ("c", 60))
    )
    back = nine_o_clock(kz(), date(2026, 6, 1)) + timedelta(days=40)
    due = coalesce(due_rungs(deadlines, kz(), back))
    ladder = [RungName.REMINDER, RungName.LAST_CALL, RungName.EXPIRED, RungName.OVERDUE]
    assert [(r.rung, r.deadline) for r in due] == [(rung, name) for rung in ladder for name in ("a", "b")]
    assert [r.at for r in due] == sorted(r.at for r in due)
    assert [(r.deadline, r.rung) for r in due if not r.silent] == [
        ("a", RungName.OVERDUE),
        ("b", RungName.OVERDUE),
    ]
    after = reach_all(deadlines, due)
    assert due_rungs(after, kz(), back) == ()
    assert [d.status.value for d in sorted(after, key=lambda d: d.id)] == ["passed", "passed", "open"]
    assert after[0].late


@many
@given(calendars(), ANCHORS, budgets, st.integers(0, 150), st.integers(0, 150))
def test_an_outage_loses_and_doubles_nothing(
    calendar: WorkingCalendar, anchor: date, days: list[int], first: int, second: int
) -> None:
    """Waking twice at any two moments reaches what waking at every rung would have reached."""
    deadlines = tuple(working_days(calendar, n, anchor, f"d-{i}") for i, n in enumerate(days))
    start = calendar.opening(anchor)
    early, late = start + timedelta(days=min(first, second)), start + timedelta(days=max(first, second))
    at_once = due_rungs(deadlines, calendar, late)
    before = due_rungs(deadlines, calendar, early)
    after = due_rungs(reach_all(deadlines, before), calendar, late)
    assert sorted((*before, *after), key=lambda r: (r.at, r.deadline)) == list(at_once)
    heard = [r.deadline for r in coalesce(at_once) if not r.silent]
    assert sorted(heard) == sorted({r.deadline for r in at_once})


@many
@given(calendars(), ANCHORS, budgets)
def test_waking_at_each_next_rung_finds_it_due_until_none_is_left(
    calendar: WorkingCalendar, anchor: date, days: list[int]
) -> None:
    deadlines = tuple(working_days(calendar, n, anchor, f"d-{i}") for i, n in enumerate(days))
    now = calendar.opening(anchor)
    while (moment := next_rung_at(deadlines, calendar)) is not None:
        assert moment > now
        now = moment
        due = due_rungs(deadlines, calendar, now)
        assert due
        deadlines = reach_all(deadlines, due)
    assert all(deadline.late for deadline in deadlines)


def test_the_next_rung_is_the_earliest_one_past_ones_included() -> None:
    first = working_days(kz(), 5)
    assert next_rung_at([working_days(kz(), 9, deadline_id="later"), first], kz()) == rung_at(
        first, first.rungs[0], kz()
    )
    assert next_rung_at([], kz()) is None


def test_paused_and_ended_deadlines_are_silent_and_passed_ones_are_not() -> None:
    deadline, today = working_days(kz(), 5), date(2026, 6, 2)
    much_later = nine_o_clock(kz(), date(2026, 9, 1))
    for silent in (pause(deadline, kz(), today), meet(deadline, today), withdraw(deadline, today)):
        assert due_rungs([silent], kz(), much_later) == ()
        assert next_rung_at([silent], kz()) is None
    passed = reach(deadline, RungName.EXPIRED)
    assert RungName.OVERDUE in [r.rung for r in due_rungs([passed], kz(), much_later)]


def test_an_extension_reminds_again_of_the_new_date() -> None:
    deadline = working_days(kz(), 10)
    reminded_on = nine_o_clock(kz(), date(2026, 6, 10))
    (reminder,) = due_rungs([deadline], kz(), reminded_on)
    assert (reminder.rung, reminder.extension) == (RungName.REMINDER, 0)
    longer = extend(
        reach(deadline, reminder.rung), kz(), today=date(2026, 6, 11), reason_given=True, more_days=10
    )
    assert due_rungs([longer], kz(), nine_o_clock(kz(), date(2026, 6, 12))) == ()
    again = due_rungs([longer], kz(), kz().opening(longer.due_on))
    assert [(r.rung, r.extension) for r in again] == [(RungName.REMINDER, 1), (RungName.LAST_CALL, 1)]
    slightly = extend(
        reach(deadline, reminder.rung), kz(), today=date(2026, 6, 15), reason_given=True, more_days=1
    )
    assert RungName.REMINDER in slightly.reached
