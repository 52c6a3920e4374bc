"""Deadlines: what they rest on and what they are told."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from models.agenda.changes import due_on
from models.agenda.deadline import Basis, BasisKind, Deadline, LegalEffect, ReplyPreset, Roll
from models.agenda.terms import APPC_76, extension_bound, reply_term
from models.calendar.working import WorkingCalendar
from models.vocabulary.editions import ORDER_192, ReplyTerm, Times
from models.vocabulary.ladders import Rung, RungName
from tests.models.agenda.deadlines import ANCHORS, by_date, statutory, working_days
from tests.models.calendar.calendars import calendars, kz

many = settings(max_examples=300, deadline=None)
JUNE_1 = date(2026, 6, 1)


def test_a_deadline_is_counted_from_the_next_day_and_told_once() -> None:
    deadline = working_days(kz(), 15, date(2026, 8, 20))
    assert (deadline.due_on, deadline.provisional, deadline.calendar) == (
        date(2026, 9, 10),
        False,
        kz().edition,
    )
    assert working_days(kz(), 15, date(2026, 12, 10)).provisional


@many
@given(calendars(), ANCHORS, st.integers(1, 40))
def test_a_deadline_survives_its_json(calendar: WorkingCalendar, anchor: date, budget: int) -> None:
    deadline = working_days(calendar, budget, anchor)
    assert Deadline.model_validate_json(deadline.model_dump_json()) == deadline
    assert deadline.due_on == due_on(deadline, calendar) == calendar.add_working_days(anchor, budget)


def test_a_date_on_a_day_off_means_the_next_working_day_but_a_year_ends_when_it_ends() -> None:
    sunday = date(2026, 6, 14)
    assert by_date(kz(), sunday).due_on == date(2026, 6, 15)
    assert by_date(kz(), sunday, roll=Roll.KEPT).due_on == sunday


@pytest.mark.parametrize("effect", [LegalEffect.NONE, LegalEffect.SERVICE])
@pytest.mark.parametrize("kind", list(BasisKind))
def test_nothing_below_a_statutory_effect_is_by_law(effect: LegalEffect, kind: BasisKind) -> None:
    deadline = working_days(kz(), 5).model_copy(
        update={"effect": effect, "basis": Basis(kind=kind, reference="x")}
    )
    assert not deadline.by_law


def test_only_a_cited_norm_makes_a_deadline_statutory() -> None:
    for kind in BasisKind:
        norm = kind in (BasisKind.RULE, BasisKind.OTHER_ACT)
        if norm:
            assert statutory(Basis(kind=kind, reference="13.1")).by_law
            with pytest.raises(ValidationError):
                Basis(kind=kind)
        else:
            with pytest.raises(ValidationError):
                statutory(Basis(kind=kind, reference="13.1"))


def test_a_deadline_has_days_or_a_date_and_a_climbing_ladder() -> None:
    valid = working_days(kz(), 5).model_dump()
    reminder = {"name": "reminder", "working_days": -3}
    expired = {"name": "expired", "working_days": 1}
    for wrong in (
        {"budget": None},
        {"fixed_on": JUNE_1},
        {"budget": 0},
        {"rungs": (reminder, reminder)},
        {"rungs": (expired, reminder)},
        {"rungs": ({"name": "expired", "working_days": 0},)},
    ):
        with pytest.raises(ValidationError):
            Deadline.model_validate(valid | wrong)


def test_the_reply_preset_rests_on_the_other_act_and_is_not_the_default() -> None:
    assert reply_term(ORDER_192, ReplyPreset.NONE) is None
    term = ReplyTerm(working_days=15, extension_months=2, notice_days=3, from_receipt=True)
    assert reply_term(ORDER_192, ReplyPreset.APPC_76) == term
    assert APPC_76.kind is BasisKind.OTHER_ACT


@pytest.mark.parametrize(
    ("due", "months", "latest"),
    [
        (date(2026, 9, 10), 2, date(2026, 11, 10)),
        (date(2026, 12, 31), 2, kz().previous_working_day(date(2027, 3, 1))),
        (date(2026, 9, 10), 1, date(2026, 10, 9)),
    ],
)
def test_the_code_s_term_is_extended_by_the_edition_s_months_at_most(
    due: date, months: int, latest: date
) -> None:
    times = Times(appc_76=ReplyTerm(extension_months=months))
    edition = ORDER_192.model_copy(update={"times": times})
    deadline = working_days(kz(), 5).model_copy(update={"basis": APPC_76, "due_on": due})
    bound = extension_bound(edition, deadline, kz())
    assert bound is not None
    assert kz().add_working_days(due, bound) == latest
    otherwise = deadline.model_copy(update={"basis": Basis(kind=BasisKind.REQUESTED)})
    assert extension_bound(edition, otherwise, kz()) is None


def test_a_rung_of_expiry_follows_the_due_day() -> None:
    with pytest.raises(ValidationError):
        Rung(name=RungName.EXPIRED, working_days=2)
