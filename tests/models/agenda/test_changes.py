"""Deadlines: extensions, pauses, ends."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.agenda.changes import extend, meet, pause, reach, remaining, resume, withdraw
from models.agenda.deadline import AgendaRefusal, Basis, BasisKind, Deadline, DeadlineStatus
from models.calendar.working import WorkingCalendar
from models.vocabulary.ladders import RungName
from models.vocabulary.refusal import Refused
from tests.models.agenda.deadlines import ANCHORS, by_date, statutory, working_days
from tests.models.calendar.calendars import calendars, kz

many = settings(max_examples=300, deadline=None)
JUNE_1 = date(2026, 6, 1)


def test_an_extension_by_date_holds_to_the_date() -> None:
    deadline = working_days(kz(), 10)
    longer = extend(
        deadline, kz(), today=date(2026, 6, 10), reason_given=True, until=date(2026, 6, 27), bound=20
    )
    assert longer.due_on == date(2026, 6, 29)  # 27 June is a Saturday
    assert (longer.extensions, longer.status) == (1, DeadlineStatus.OPEN)


def test_an_extension_by_working_days_adds_exactly_these() -> None:
    deadline = working_days(kz(), 10)
    longer = extend(deadline, kz(), today=date(2026, 6, 10), reason_given=True, more_days=5, bound=5)
    assert kz().working_days_between(deadline.due_on, longer.due_on) == 5
    fixed = by_date(kz(), date(2026, 6, 15))
    later = extend(fixed, kz(), today=date(2026, 6, 10), reason_given=True, more_days=5)
    assert kz().working_days_between(fixed.due_on, later.due_on) == 5


def refusal_of_extension(
    deadline: Deadline,
    *,
    today: date = date(2026, 6, 10),
    reason_given: bool = True,
    more_days: int = 3,
    bound: int | None = 10,
    override: bool = False,
) -> str:
    with pytest.raises(Refused) as refused:
        extend(
            deadline,
            kz(),
            today=today,
            reason_given=reason_given,
            more_days=more_days,
            bound=bound,
            override=override,
        )
    return refused.value.code


def test_extensions_are_refused_for_each_reason() -> None:
    deadline = working_days(kz(), 10)
    once = extend(deadline, kz(), today=date(2026, 6, 10), reason_given=True, more_days=3)
    paused = pause(deadline, kz(), date(2026, 6, 5))
    assert refusal_of_extension(deadline, reason_given=False) == AgendaRefusal.EXTENSION_WITHOUT_REASON
    assert refusal_of_extension(deadline, more_days=11) == AgendaRefusal.EXTENSION_TOO_LONG
    assert refusal_of_extension(deadline, more_days=0) == AgendaRefusal.EXTENSION_NOT_LATER
    assert refusal_of_extension(deadline, more_days=-2) == AgendaRefusal.EXTENSION_NOT_LATER
    assert refusal_of_extension(once) == AgendaRefusal.EXTENSION_TWICE
    assert refusal_of_extension(paused) == AgendaRefusal.DEADLINE_PAUSED
    assert refusal_of_extension(meet(deadline, JUNE_1)) == AgendaRefusal.DEADLINE_NOT_OPEN


def test_a_second_extension_needs_an_override_which_lifts_nothing_else() -> None:
    once = extend(working_days(kz(), 10), kz(), today=date(2026, 6, 10), reason_given=True, more_days=3)
    twice = extend(
        once, kz(), today=date(2026, 6, 10), reason_given=True, more_days=3, bound=10, override=True
    )
    assert twice.extensions == 2
    assert refusal_of_extension(once, override=True, more_days=11) == AgendaRefusal.EXTENSION_TOO_LONG
    assert (
        refusal_of_extension(once, override=True, reason_given=False)
        == AgendaRefusal.EXTENSION_WITHOUT_REASON
    )


@pytest.mark.parametrize("override", [False, True])
def test_after_expiry_no_extension_is_granted(override: bool) -> None:
    deadline = working_days(kz(), 10)
    late = deadline.due_on + timedelta(days=1)
    passed = reach(deadline, RungName.EXPIRED)
    assert passed.status is DeadlineStatus.PASSED
    for expired in (deadline, passed):
        code = refusal_of_extension(expired, today=late, override=override)
        assert code == AgendaRefusal.EXTENSION_AFTER_EXPIRY
    assert extend(deadline, kz(), today=deadline.due_on, reason_given=True, more_days=1).extensions == 1


def test_a_refusal_cites_the_rule_only_where_one_stands_behind_the_deadline() -> None:
    duty = statutory(Basis(kind=BasisKind.RULE, reference="13.1"))
    for deadline, rule in ((duty, "13.1"), (working_days(kz(), 5), "")):
        with pytest.raises(Refused) as refused:
            resume(deadline, kz(), JUNE_1)
        assert (refused.value.code, refused.value.rule) == (AgendaRefusal.NOT_PAUSED, rule)


def test_an_extension_has_one_length() -> None:
    for until, more_days in ((None, None), (date(2026, 7, 1), 3)):
        with pytest.raises(ValueError, match="by a date or by working days"):
            extend(
                working_days(kz(), 10),
                kz(),
                today=JUNE_1,
                reason_given=True,
                until=until,
                more_days=more_days,
            )


def test_ten_of_fifteen_days_left_are_still_ten_after_a_pause_of_six() -> None:
    deadline = working_days(kz(), 15)
    paused = pause(deadline, kz(), date(2026, 6, 8))
    assert (paused.status, paused.consumed, remaining(paused, kz(), date(2026, 6, 12))) == (
        DeadlineStatus.PAUSED,
        5,
        10,
    )
    resumed = resume(paused, kz(), date(2026, 6, 14))
    assert remaining(resumed, kz(), date(2026, 6, 14)) == 10
    assert resumed.due_on == kz().add_working_days(date(2026, 6, 14), 10) == date(2026, 6, 26)


@many
@given(calendars(), ANCHORS, st.integers(1, 30), st.integers(0, 60), st.integers(0, 90))
def test_a_pause_keeps_what_is_left(
    calendar: WorkingCalendar, anchor: date, budget: int, used: int, away: int
) -> None:
    counted = working_days(calendar, budget, anchor)
    for deadline in (counted, by_date(calendar, counted.due_on, anchor)):
        assert_pause_keeps_what_is_left(deadline, calendar, used, away)


def assert_pause_keeps_what_is_left(
    deadline: Deadline, calendar: WorkingCalendar, used: int, away: int
) -> None:
    stopped = min(deadline.anchor + timedelta(days=used), deadline.due_on)
    left = remaining(deadline, calendar, stopped)
    resumed = resume(pause(deadline, calendar, stopped), calendar, stopped + timedelta(days=away))
    assert remaining(resumed, calendar, stopped + timedelta(days=away)) in (left, left or 1)
    assert calendar.is_working(resumed.due_on)
    if away == 0:
        assert resumed.due_on == deadline.due_on


def test_pausing_twice_or_too_late_and_resuming_what_runs_are_refused() -> None:
    deadline = working_days(kz(), 5)
    paused = pause(deadline, kz(), JUNE_1)
    changes: list[tuple[Callable[[], Deadline], AgendaRefusal]] = [
        (lambda: pause(paused, kz(), JUNE_1), AgendaRefusal.ALREADY_PAUSED),
        (lambda: pause(deadline, kz(), date(2026, 6, 9)), AgendaRefusal.PAUSE_AFTER_EXPIRY),
        (lambda: pause(meet(deadline, JUNE_1), kz(), JUNE_1), AgendaRefusal.DEADLINE_NOT_OPEN),
        (lambda: resume(deadline, kz(), JUNE_1), AgendaRefusal.NOT_PAUSED),
        (lambda: meet(withdraw(deadline, JUNE_1), JUNE_1), AgendaRefusal.DEADLINE_NOT_OPEN),
    ]
    for change, code in changes:
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.code == code


def test_what_came_late_stays_late_and_what_was_received_in_time_is_not() -> None:
    passed = reach(working_days(kz(), 5), RungName.EXPIRED)
    assert passed.late
    assert meet(passed, date(2026, 6, 9)).late
    assert not meet(passed, date(2026, 6, 8)).late
    assert not meet(working_days(kz(), 5), date(2026, 6, 2)).late
    assert meet(pause(working_days(kz(), 5), kz(), JUNE_1), date(2026, 6, 2)).status is DeadlineStatus.MET


def test_reaching_a_rung_twice_is_reaching_it_once() -> None:
    once = reach(working_days(kz(), 5), RungName.REMINDER)
    assert reach(once, RungName.REMINDER) == once
    met = meet(once, JUNE_1)
    assert reach(met, RungName.EXPIRED).status is DeadlineStatus.MET
