"""Deadlines that tests of the agenda share."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from models.agenda.changes import open_deadline, reach
from models.agenda.deadline import Basis, BasisKind, Deadline, DeadlineSubject, LegalEffect, Roll
from models.agenda.rungs import DueRung
from models.calendar.working import WorkingCalendar
from models.vocabulary.ladders import Rung, letter_ladder
from tests.models.calendar.calendars import kz

LADDER = letter_ladder(reminder_before=3)
SERVICE = Basis(kind=BasisKind.SERVICE)
REQUESTED = Basis(kind=BasisKind.REQUESTED)
ANCHORS = st.dates(date(2026, 1, 5), date(2026, 10, 30))


def working_days(
    calendar: WorkingCalendar,
    budget: int,
    anchor: date = date(2026, 6, 1),
    deadline_id: str = "d-1",
    rungs: tuple[Rung, ...] = LADDER,
) -> Deadline:
    """A reply within working days, by our own promise."""
    return open_deadline(
        calendar,
        deadline_id=deadline_id,
        subject="a-1",
        subject_kind=DeadlineSubject.REPLY,
        basis=SERVICE,
        effect=LegalEffect.SERVICE,
        anchor=anchor,
        budget=budget,
        rungs=rungs,
    )


def by_date(
    calendar: WorkingCalendar, fixed_on: date, anchor: date = date(2026, 6, 1), roll: Roll = Roll.FOLLOWING
) -> Deadline:
    """A reply asked for by a date."""
    return open_deadline(
        calendar,
        deadline_id="d-2",
        subject="a-1",
        subject_kind=DeadlineSubject.REPLY,
        basis=REQUESTED,
        effect=LegalEffect.NONE,
        anchor=anchor,
        fixed_on=fixed_on,
        roll=roll,
        rungs=LADDER,
    )


def statutory(basis: Basis) -> Deadline:
    """The duty of a year, as a norm would set it."""
    return open_deadline(
        kz(),
        deadline_id="duty-2026",
        subject="ab",
        subject_kind=DeadlineSubject.DUTY,
        basis=basis,
        effect=LegalEffect.STATUTORY,
        anchor=date(2025, 12, 31),
        fixed_on=date(2026, 12, 31),
        roll=Roll.KEPT,
    )


def reach_all(deadlines: tuple[Deadline, ...], due: tuple[DueRung, ...]) -> tuple[Deadline, ...]:
    """The deadlines after each due rung was recorded."""
    by_id = {deadline.id: deadline for deadline in deadlines}
    for rung in due:
        by_id[rung.deadline] = reach(by_id[rung.deadline], rung.rung)
    return tuple(by_id.values())


def nine_o_clock(calendar: WorkingCalendar, day: date) -> datetime:
    return calendar.opening(day)


def minute_before(moment: datetime) -> datetime:
    return moment - timedelta(minutes=1)
