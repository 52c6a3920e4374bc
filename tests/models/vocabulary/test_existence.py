"""What the versions of bodies say of a day: who is there, who came after those that are not."""

from datetime import date, timedelta

import pytest

from models.vocabulary.existence import Span, Spans, existed_within, successions_on
from models.vocabulary.procedure import OrganisationKind as Kind
from models.vocabulary.succession import Succession, leads_for, stands_for

FOUNDED, REFORMED = date(2020, 1, 1), date(2026, 7, 1)
EVE, LATER = REFORMED - timedelta(days=1), date(2027, 3, 1)


def span(since: date, until: date | None = None, kind: Kind = Kind.STATE_ORGANISATION) -> Span:
    return Span(kind=kind, valid_from=since, valid_until=until)


def act(body: str, successor: str | None, since: date = REFORMED, whole: bool = True) -> Succession:
    return Succession(body=body, successor=successor, since=since, whole=whole, reason="a" * 64)


def on(day: date, bodies: dict[str, Spans], *acts: Succession, office: str = "uo") -> dict[str, Succession]:
    return successions_on(day, bodies, acts, office)


GONE: dict[str, Spans] = {"a": [span(FOUNDED, EVE)], "b": [span(FOUNDED)]}


def test_nothing_passes_on_before_its_day() -> None:
    assert on(EVE, GONE, act("a", "b")) == {}


def test_from_its_day_on_the_act_says_who_comes_after() -> None:
    (passed,) = on(REFORMED, GONE, act("a", "b")).values()
    assert (passed.successor, passed.since, passed.whole, passed.reason) == ("b", REFORMED, True, "a" * 64)


def test_without_an_act_nobody_comes_after() -> None:
    assert on(LATER, GONE)["a"] == Succession(body="a", successor=None, since=REFORMED)


def test_of_several_acts_the_last_word_counts() -> None:
    assert on(LATER, GONE, act("a", "x"), act("a", "b"))["a"].successor == "b"


def test_a_body_that_is_founded_ahead_is_nobody_yet() -> None:
    assert on(EVE, {"c": [span(REFORMED)]}) == {}


def test_rule_2_after_an_authorized_body_comes_the_next_one_without_an_act() -> None:
    held = Kind.AUTHORIZED_BODY
    bodies: dict[str, Spans] = {"uo": [span(FOUNDED, EVE, held)], "uo-2": [span(REFORMED, kind=held)]}
    passed = on(LATER, bodies, office="uo-2")
    assert (passed["uo"].successor, passed["uo"].reason) == ("uo-2", None)
    named = on(LATER, bodies, act("uo", "ministry"), office="uo-2")
    assert named["uo"].successor == "ministry", "an act has the word"


OFFICE_LEFT: dict[str, Spans] = {
    "uo": [
        span(FOUNDED, EVE, Kind.AUTHORIZED_BODY),
        span(REFORMED, date(2026, 12, 31), Kind.CENTRAL_STATE_BODY),
        span(date(2027, 1, 1), kind=Kind.CENTRAL_STATE_BODY),
    ],
    "uo-2": [span(REFORMED, kind=Kind.AUTHORIZED_BODY)],
}


def test_rule_2_a_body_of_another_kind_leaves_the_office_and_keeps_its_own() -> None:
    passed = on(LATER, OFFICE_LEFT, office="uo-2")
    assert passed["uo"] == Succession(body="uo", successor="uo-2", since=REFORMED, whole=False)
    assert (leads_for(passed, "uo"), stands_for(passed, "uo")) == ("uo-2", "uo")


def test_another_kind_may_name_who_leads_on() -> None:
    passed = on(LATER, OFFICE_LEFT, act("uo", "division", whole=False), office="uo-2")
    assert (passed["uo"].successor, passed["uo"].reason) == ("division", "a" * 64)


@pytest.mark.parametrize(
    ("acts", "led"),
    [((), "uo-2"), ((act("uo", "division", whole=False),), "division")],
    ids=["the office", "named"],
)
def test_what_was_led_stays_where_it_went_when_the_body_is_abolished_later(
    acts: tuple[Succession, ...], led: str
) -> None:
    last = date(2027, 2, 1)
    bodies = {**OFFICE_LEFT, "uo": [*OFFICE_LEFT["uo"][:2], span(date(2027, 1, 1), last, Kind.COURT)]}
    passed = on(LATER, bodies, *acts, act("uo", "court", last + timedelta(days=1)), office="uo-2")
    assert (leads_for(passed, "uo"), stands_for(passed, "uo")) == (led, "court")


def test_the_office_come_back_is_its_own() -> None:
    back = [*OFFICE_LEFT["uo"][:2], span(date(2027, 1, 1), kind=Kind.AUTHORIZED_BODY)]
    assert on(LATER, {"uo": back}, office="uo") == {}


def test_a_body_that_is_founded_anew_is_there_again_and_the_old_act_speaks_no_more() -> None:
    anew: dict[str, Spans] = {"a": [span(FOUNDED, EVE), span(date(2027, 1, 1))]}
    passed = on(LATER, anew, act("a", "b"))
    assert passed["a"].successor == "a"
    assert on(date(2026, 12, 1), anew, act("a", "b"))["a"].successor == "b"


@pytest.mark.parametrize(
    ("since", "until", "day"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 12, 31), EVE),
        (date(2026, 8, 1), date(2026, 12, 31), None),
        (date(2019, 1, 1), date(2019, 12, 31), None),
    ],
    ids=["all of it", "until it ended", "after it", "before it"],
)
def test_a_body_was_there_on_the_days_of_its_life(since: date, until: date, day: date | None) -> None:
    assert existed_within(GONE["a"], since, until) == day
    assert existed_within(GONE["b"], since, until) in {until, None}
