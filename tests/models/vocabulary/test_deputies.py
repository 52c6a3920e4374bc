"""Who may stand in for whom: every refusal by its code."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.vocabulary.actors import Actor, StandIn
from models.vocabulary.deputies import LONGEST, Deputyship, Named, refusals
from models.vocabulary.procedure import Role

TODAY = date(2026, 9, 4)
LATER = TODAY + timedelta(days=13)
HEAD = Named(account="head", organisation="td", role=Role.HEAD, there=True)
ANALYST = Named(account="analyst", organisation="td", role=Role.ANALYST, there=True)


def deputyship(**changes: object) -> Deputyship:
    days = {"first_day": TODAY, "last_day": LATER, "dated": TODAY}
    usual = {"id": "d1", "account": "head", "deputy": "analyst", "act": "№ 17-ө", **days}
    return Deputyship.model_validate({**usual, **changes})


def codes(new: Deputyship, deputy: Named | None = ANALYST, *known: Deputyship) -> list[str]:
    return [each.code for each in refusals(new, HEAD, deputy, known, TODAY)]


def test_a_deputy_of_the_same_body_is_named_for_days_to_come() -> None:
    assert codes(deputyship()) == []
    after = deputyship(first_day=LATER + timedelta(days=1), last_day=LATER + timedelta(days=9))
    assert codes(deputyship(), ANALYST, after) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"deputy": "head"}, "deputy_oneself"),
        ({"last_day": TODAY - timedelta(days=1)}, "deputy_ends_before_it_begins"),
        ({"first_day": TODAY - timedelta(days=1)}, "deputy_from_the_past"),
        ({"last_day": TODAY + LONGEST + timedelta(days=1)}, "deputy_too_long"),
        ({"dated": TODAY + timedelta(days=1)}, "deputy_act_in_future"),
    ],
)
def test_days_and_people_that_do_not_fit_are_refused(changes: dict[str, object], code: str) -> None:
    assert codes(deputyship(**changes)) == [code]


@pytest.mark.parametrize(
    ("deputy", "code"),
    [
        (None, "deputy_not_there"),
        (ANALYST.model_copy(update={"there": False}), "deputy_not_there"),
        (ANALYST.model_copy(update={"organisation": "other"}), "deputy_of_another_body"),
        (ANALYST.model_copy(update={"role": Role.AUDITOR}), "deputy_role"),
    ],
)
def test_whoever_cannot_act_for_the_body_is_no_deputy(deputy: Named | None, code: str) -> None:
    assert codes(deputyship(), deputy) == [code]


@pytest.mark.parametrize(
    ("known", "code"),
    [
        (deputyship(deputy="another"), "deputy_overlaps"),
        (deputyship(account="analyst", deputy="head"), "deputy_cyclic"),
        (deputyship(account="analyst", deputy="another"), "deputy_away"),
    ],
)
def test_nobody_has_two_deputies_and_no_deputy_is_away(known: Deputyship, code: str) -> None:
    assert codes(deputyship(), ANALYST, known) == [code]
    ended = known.model_copy(update={"ended_at": datetime(2026, 9, 4, tzinfo=UTC)})
    assert codes(deputyship(), ANALYST, ended) == []


def test_it_is_in_force_on_its_days_and_ends_by_itself() -> None:
    known = deputyship()
    days = [TODAY - timedelta(days=1), TODAY, LATER, LATER + timedelta(days=1)]
    assert [known.in_force(day) for day in days] == [False, True, True, False]
    assert known.over(days[-1])


def test_lines_from_before_there_were_deputies_are_written_as_they_were() -> None:
    """Hashes of journals rest on it."""
    assert "stands_in" not in Actor(role=Role.HEAD, account="head").model_dump(mode="json")
    stands_in = StandIn(account="head", act="№ 17-ө", dated=TODAY)
    actor = Actor(role=Role.HEAD, account="analyst", stands_in=stands_in)
    assert Actor.model_validate(actor.model_dump(mode="json")) == actor
    assert actor.right_of == "head"
