"""An edition's terms and ladders: today's defaults, what is refused, how editions of before are read."""

import json
from datetime import date
from typing import get_args

import pytest
from pydantic import ValidationError

from models.vocabulary.edition_rules import check_edition
from models.vocabulary.editions import ORDER_192, Edition, ReplyTerm, Times
from models.vocabulary.ladders import RUNGS, Ladders, Rung, RungName, letter_ladder
from models.vocabulary.refusal import Refused

LINK_DAYS = 180
AS_STORED_BEFORE = json.dumps(
    {
        "id": "192-2023",
        "order_number": "192",
        "order_date": "2023-06-16",
        "in_force_from": "2023-06-30",
        "in_force_until": None,
        "form": "192-2023",
        "switches": {"follow_up_of_recommendations": True},
        "times": {"invitation": 5, "information_request": 10, "publication": None, "reminder_before": 3},
    }
)
"""As an edition stands in journals, states and tables from before there were ladders."""


BEFORE_RECEIPTS = ORDER_192.model_copy(update={"times": Times()})
"""Today's, but for what an edition stored before leaves off: it asks for no receipt, and counts from none."""


def stored(**times: object) -> Edition:
    body = json.loads(AS_STORED_BEFORE)
    return Edition.model_validate(body | {"times": body["times"] | times})


def with_ladders(**ladders: object) -> Edition:
    return ORDER_192.model_copy(update={"ladders": Ladders.model_validate(ladders)})


def refused(edition: Edition, link_days: int = LINK_DAYS) -> list[str]:
    with pytest.raises(Refused) as refusal:
        check_edition(edition, link_days)
    return [reason.code for reason in refusal.value.refusals]


def days(ladder: tuple[Rung, ...]) -> list[tuple[str, int]]:
    return [(rung.name.value, rung.working_days) for rung in ladder]


def test_an_edition_stored_before_is_the_same_as_today_s() -> None:
    """Else every running duty would be briefed anew, as if the Rules had changed."""
    assert stored() == BEFORE_RECEIPTS
    assert Edition.model_validate_json(AS_STORED_BEFORE) == BEFORE_RECEIPTS
    assert Edition.model_validate_json(ORDER_192.model_dump_json()) == ORDER_192


def test_the_retired_word_publication_is_read_and_means_nothing() -> None:
    assert stored(publication=20) == BEFORE_RECEIPTS


def test_the_former_reminder_of_a_stored_edition_stands_in_its_ladders() -> None:
    read = stored(reminder_before=7, invitation=5)
    assert read.ladders.reply == read.ladders.information_request == letter_ladder(7)
    assert days(read.ladders.invitation)[0] == ("reminder", -4), "never before the invitation itself"
    assert read.ladders.yearly_duty == Ladders().yearly_duty
    assert days(stored(invitation=1).ladders.invitation)[0] == ("reminder", -1)


def test_the_defaults_are_what_the_code_had() -> None:
    ladders, times = Ladders(), Times()
    usual = [("reminder", -3), ("last_call", 0), ("expired", 1), ("overdue", 6)]
    assert [days(each) for each in (ladders.invitation, ladders.information_request, ladders.reply)] == [
        usual,
        usual,
        usual,
    ]
    assert days(ladders.receipt) == [("expired", 1), ("overdue", 6)]
    assert days(ladders.implementation) == [("reminder", -10), ("last_call", 0), ("expired", 1)]
    warned = [("early_reminder", -120), ("reminder", -60), ("last_call", -20), ("expired", 1)]
    assert days(ladders.yearly_duty) == warned
    assert days(ladders.thematic_duty) == [("reminder", -20), ("expired", 1)]
    assert days(ladders.review) == [("reminder", -10), ("last_call", -3), ("expired", 1)]
    assert (times.appc_76, times.follow_up) == (ReplyTerm(working_days=15, extension_months=2), 250)
    assert (times.asked_ahead_days, times.planned_ahead_days) == (180, 1830)
    check_edition(ORDER_192, LINK_DAYS)


def test_every_ladder_has_its_rungs() -> None:
    assert set(RUNGS) == set(Ladders.model_fields)
    assert all(get_args(field.annotation)[0] is Rung for field in Ladders.model_fields.values())


@pytest.mark.parametrize(
    ("ladder", "rungs", "code"),
    [
        ("reply", [("early_reminder", -9), ("expired", 1)], "ladder_rung_unknown"),
        ("review", [("expired", 1), ("overdue", 6)], "ladder_rung_unknown"),
        ("implementation", [("expired", 1), ("overdue", 6)], "ladder_rung_unknown"),
        ("reply", [("reminder", 0), ("expired", 1)], "ladder_day_out_of_bounds"),
        ("yearly_duty", [("reminder", -251), ("expired", 1)], "ladder_day_out_of_bounds"),
        ("reply", [("expired", 1), ("overdue", 10**30)], "ladder_day_out_of_bounds"),
        ("reply", [("last_call", 0), ("reminder", -3), ("expired", 1)], "ladder_not_climbing"),
        ("reply", [("reminder", -3), ("reminder", -2), ("expired", 1)], "ladder_not_climbing"),
        ("yearly_duty", [("reminder", -3), ("last_call", -9), ("expired", 1)], "ladder_not_climbing"),
        ("thematic_duty", [("reminder", -20)], "ladder_never_expires"),
        ("invitation", [("reminder", -5), ("expired", 1)], "ladder_without_room"),
        ("information_request", [("reminder", -10), ("expired", 1)], "ladder_without_room"),
    ],
)
def test_a_ladder_that_nobody_could_follow_is_refused(
    ladder: str, rungs: list[tuple[str, int]], code: str
) -> None:
    steps = [{"name": name, "working_days": day} for name, day in rungs]
    assert refused(with_ladders(**{ladder: steps})) == [code]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = with_ladders(review=[], thematic_duty=[])
    assert refused(wrong) == ["ladder_never_expires", "ladder_never_expires"]


def test_nothing_is_asked_for_a_day_on_which_the_link_is_dead() -> None:
    assert refused(ORDER_192, link_days=90) == ["asked_beyond_links"]


@pytest.mark.parametrize(
    "times",
    [
        {"appc_76": {"working_days": 0}},
        {"appc_76": {"extension_months": 0}},
        {"follow_up": 251},
        {"asked_ahead_days": 0},
        {"planned_ahead_days": 3661},
    ],
)
def test_a_term_has_its_bounds(times: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Times.model_validate(times)


def test_a_rung_of_expiry_on_another_day_names_its_fault() -> None:
    with pytest.raises(ValidationError) as wrong:
        Rung(name=RungName.EXPIRED, working_days=2)
    (error,) = wrong.value.errors()
    assert error["ctx"]["error"].code == "rung_expires_otherwise"


def test_a_ladder_is_no_longer_than_there_are_rungs() -> None:
    with pytest.raises(ValidationError, match="too_long"):
        Ladders.model_validate({"reply": [{"name": "expired", "working_days": 1}] * 6})


def test_what_nobody_said_stays_as_it_was() -> None:
    """A new edition may say one ladder and keep the rest."""
    said = {"id": "192-2027", "order_number": "7", "order_date": date(2027, 1, 1)}
    given = {
        **said,
        "in_force_from": date(2027, 1, 1),
        "ladders": {"review": [{"name": "expired", "working_days": 1}]},
    }
    edition = Edition.model_validate(given)
    assert edition.ladders == Ladders().model_copy(update={"review": edition.ladders.review})
    check_edition(edition, LINK_DAYS)
