"""Who came after whom: along chains, over mergers, in rings; what passes on with the kind alone."""

from collections.abc import Callable
from datetime import date

import pytest

from models.vocabulary.refusal import Refused
from models.vocabulary.succession import (
    Succession,
    along,
    check_administered,
    check_gone,
    check_kind_changes,
    check_successor,
    leads_for,
    stands_for,
)

DAY = date(2026, 7, 1)


def passed(body: str, successor: str | None, **fields: object) -> Succession:
    return Succession.model_validate({"body": body, "successor": successor, "since": DAY, **fields})


def known(*successions: Succession) -> dict[str, Succession]:
    return {each.body: each for each in successions}


def test_a_body_that_is_there_stands_for_itself() -> None:
    assert stands_for({}, "a") == leads_for({}, "a") == "a"


def test_a_chain_is_followed_to_its_end() -> None:
    chain = known(passed("a", "b"), passed("b", "c"))
    assert [stands_for(chain, each) for each in "abc"] == ["c", "c", "c"]


def test_two_that_merge_stand_as_one() -> None:
    merged = known(passed("a", "c"), passed("b", "c"))
    assert stands_for(merged, "a") == stands_for(merged, "b") == "c"


def test_a_successor_that_is_abolished_without_one_leaves_nobody() -> None:
    assert stands_for(known(passed("a", "b"), passed("b", None)), "a") is None


def test_with_the_kind_alone_passes_on_what_was_led() -> None:
    by_kind = known(passed("uo", "uo-2", whole=False))
    assert (leads_for(by_kind, "uo"), stands_for(by_kind, "uo")) == ("uo-2", "uo")


def test_what_passed_on_with_the_kind_stays_there_when_the_body_is_abolished() -> None:
    later = known(passed("uo", "ministry", led="uo-2"))
    assert (leads_for(later, "uo"), stands_for(later, "uo")) == ("uo-2", "ministry")


def test_a_body_founded_anew_stands_for_itself_and_for_those_that_came_to_it() -> None:
    anew = known(passed("a", "a"), passed("b", "a"))
    assert (stands_for(anew, "a"), stands_for(anew, "b")) == ("a", "a")


def test_a_ring_ends_the_walk() -> None:
    ring = known(passed("a", "b"), passed("b", "a"))
    assert stands_for(ring, "a") in {"a", "b"}


def test_all_that_concerns_some_bodies_is_found_along_their_chains() -> None:
    successions = known(passed("a", "b", led="d"), passed("b", "c"), passed("d", None), passed("x", "y"))
    assert [each.body for each in along(successions, ["a", "a", "c"])] == ["a", "b", "d"]


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (lambda: check_successor("a", "a", DAY, ["a"]), "successor_of_itself"),
        (lambda: check_successor("a", "b", DAY, ["a"]), "successor_not_there"),
        (lambda: check_gone("a", None), "not_abolished"),
        (lambda: check_kind_changes("a", ["name_kk"]), "successor_without_change"),
        (lambda: check_administered("a", False), "administrator_needed"),
    ],
)
def test_what_cannot_be_is_refused(check: Callable[[], None], code: str) -> None:
    with pytest.raises(Refused) as refused:
        check()
    assert refused.value.code == code


def test_what_can_be_is_taken() -> None:
    check_successor("a", "b", DAY, ["a", "b"])
    check_gone("a", DAY)
    check_kind_changes("a", ["kind"])
    check_administered("a", True)
