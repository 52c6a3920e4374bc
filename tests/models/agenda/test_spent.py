"""A deadline stopped on its last day and resumed on a day off: the next working day is the last one again."""

from datetime import date

import pytest

from models.agenda.changes import extend, pause, resume
from models.agenda.explained import explain_deadline
from tests.models.agenda.deadlines import working_days
from tests.models.calendar.calendars import kz

FRIDAY, MONDAY = date(2026, 6, 5), date(2026, 6, 8)


@pytest.mark.parametrize("resumed_on", [date(2026, 6, 6), date(2026, 6, 7), MONDAY])
@pytest.mark.parametrize("more", [1, 2, 5])
def test_it_is_extended_by_as_many_working_days_as_are_granted(resumed_on: date, more: int) -> None:
    deadline = working_days(kz(), 4)
    assert deadline.due_on == FRIDAY
    resumed = resume(pause(deadline, kz(), FRIDAY), kz(), resumed_on)
    assert resumed.due_on == MONDAY
    longer = extend(resumed, kz(), today=MONDAY, reason_given=True, more_days=more)
    assert longer.due_on == kz().add_working_days(MONDAY, more)
    told = explain_deadline(longer, kz())
    assert (told.agrees, told.result, told.left) == (True, longer.due_on, more)
