"""What is refused of new starts: persons as objects, days ahead, acts nobody finds (rules 2, 4, 10, 11)."""

from datetime import date, timedelta

import pytest

from models.commands import StartMonitoring
from models.monitoring.rules.start import decide_start
from models.monitoring.rules.start_admission import check_start_admission
from models.vocabulary.actors import Authority
from models.vocabulary.bodies import Body
from models.vocabulary.editions import ORDER_192, rules_since
from models.vocabulary.procedure import Id, Kind, OrganisationKind
from models.vocabulary.refusal import Refused
from tests.models.calendar.calendars import kz
from tests.models.monitoring.rules.parts import (
    AB,
    ANALYST,
    CITIZEN,
    CLINIC,
    DIVISION,
    FIRST_DAY,
    NGO,
    SCHOOL,
    body,
    start_command,
)

SINCE = ORDER_192.in_force_from


def refused(command: StartMonitoring, since: date | None = SINCE) -> list[tuple[str, str]]:
    try:
        check_start_admission(command, FIRST_DAY, since)
    except Refused as error:
        return [(refusal.code, refusal.rule) for refusal in error.refusals]
    return []


def act(organisation: Id, words: str = "order 7", dated: date = FIRST_DAY) -> Authority:
    return Authority(organisation=organisation, act=words, dated=dated)


@pytest.mark.parametrize("kind", OrganisationKind)
def test_rule_11_a_person_is_no_object_and_every_body_may_be_one(kind: OrganisationKind) -> None:
    found = refused(start_command(objects=(body("somebody", kind),)))
    person = kind is OrganisationKind.NATURAL_PERSON
    assert found == ([("object_natural_person", "11")] if person else [])


def test_rule_10_two_persons_are_not_two_bodies() -> None:
    persons: tuple[Body, ...] = (CITIZEN, body("another", OrganisationKind.NATURAL_PERSON))
    command = start_command(AB, Kind.COMPREHENSIVE, objects=persons)
    assert refused(command) == [("object_natural_person", "10")] * 2
    assert refused(start_command(AB, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL))) == []


def test_rule_03_a_person_still_conducts() -> None:
    assert refused(start_command(CITIZEN)) == []


def test_what_was_started_with_a_person_as_its_object_replays() -> None:
    """Histories hold such: the start is decided again in a replay, without admission."""
    assert decide_start(start_command(objects=(CITIZEN,)), ORDER_192, kz())


@pytest.mark.parametrize(
    ("days", "expected"),
    [(1, [("studied_period_ahead", "4")]), (200, [("studied_period_ahead", "4")]), (0, []), (-1, [])],
)
def test_rule_04_a_period_that_has_not_begun_cannot_be_assessed(
    days: int, expected: list[tuple[str, str]]
) -> None:
    begins = FIRST_DAY + timedelta(days=days)
    command = start_command(studied_from=begins, studied_until=begins + timedelta(days=30))
    assert refused(command) == expected


@pytest.mark.parametrize("words", ["-", "—", "№", "…", " . "])
def test_an_act_has_a_name_or_a_number(words: str) -> None:
    acting = ANALYST.model_copy(update={"on_behalf": act(DIVISION.organisation, words)})
    assert refused(start_command(actor=acting)) == [("document_unnamed", "")]
    agreed = start_command(conductors=(NGO, AB), agreements=(act("uo", words),))
    assert refused(agreed) == [("document_unnamed", "2")]


def test_an_act_is_of_a_day_that_came() -> None:
    ahead = act(DIVISION.organisation, dated=FIRST_DAY + timedelta(days=1))
    acting = ANALYST.model_copy(update={"on_behalf": ahead})
    assert refused(start_command(actor=acting)) == [("act_in_future", "")]
    standing = ANALYST.model_copy(update={"on_behalf": act(DIVISION.organisation, dated=date(2021, 3, 1))})
    assert refused(start_command(actor=standing)) == [], "a standing order may be older than the Rules"


def test_rule_02_nobody_agreed_to_conduct_before_there_were_rules() -> None:
    def joint(dated: date) -> StartMonitoring:
        return start_command(conductors=(NGO, AB), agreements=(act("uo", dated=dated),))

    assert refused(joint(date(1999, 5, 4))) == [("agreement_before_the_rules", "2")]
    assert refused(joint(SINCE - timedelta(days=1))) == [("agreement_before_the_rules", "2")]
    assert refused(joint(SINCE)) == []
    assert refused(joint(date(1999, 5, 4)), since=None) == [], "no edition is known: nothing to compare with"


def test_the_rules_are_in_force_since_the_first_edition_not_since_the_last() -> None:
    later = ORDER_192.model_copy(update={"id": "next", "in_force_from": date(2027, 1, 1)})
    assert rules_since((later, ORDER_192)) == SINCE
    assert rules_since(()) is None
