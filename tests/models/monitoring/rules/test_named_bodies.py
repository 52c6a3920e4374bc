"""Rules 17, 20: the decision reaches every body it names, or the reason is on record."""

import pytest

from models.commands import BeginCorrection, CloseMonitoring, DispatchReport, OmitAddressee
from models.events import BodySucceeded
from models.monitoring.items import named_and_not_sent
from models.monitoring.open_work import OpenKind, open_items
from models.report.facts import ReportFacts
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import Ground, Id, ItemKind
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import (
    AB,
    AKIMAT,
    CLINIC,
    DIVISION,
    HASH,
    NGO,
    PROPOSAL,
    RECOMMENDATION,
    SCHOOL,
    facts,
    item,
    pinned,
    to,
)


def naming(*bodies: Body) -> ReportFacts:
    """A decision with an item for each of these bodies besides the clinic's."""
    further = (item(f"p-{b.organisation}", ItemKind.PROPOSAL, b.organisation) for b in bodies)
    return facts(items=(PROPOSAL, RECOMMENDATION, *further))


def unsent(story: Story) -> list[tuple[str | None, str, bool]]:
    return [
        (each.subject, each.rule, each.blocking)
        for each in open_items(story.state)
        if each.kind is OpenKind.NOT_SENT_TO_NAMED
    ]


@pytest.mark.parametrize(("conductor", "rule"), [(DIVISION, "17"), (NGO, "17"), (AB, "20")])
def test_rules_17_20_a_body_the_decision_names_is_open_until_it_was_sent_the_report(
    conductor: Body, rule: str
) -> None:
    story = Story().starts(conductor).has_approved_report(naming(SCHOOL)).is_dispatched()
    assert unsent(story) == [("school", rule, True)]
    assert story.not_admitted(CloseMonitoring) == [("open_not_sent_to_named", rule)]
    story.dispatches(to(SCHOOL, Ground.HOLDER_OF_POWER))
    assert unsent(story) == []
    story.post_takes_letters()
    assert story.not_admitted(CloseMonitoring) == []
    story.does(CloseMonitoring)


def test_everything_that_keeps_it_open_is_told_at_once() -> None:
    story = Story().starts().has_approved_report(naming(SCHOOL))
    story.dispatches(to(CLINIC))
    assert story.not_admitted(CloseMonitoring) == [
        ("open_not_sent_to_authorized_body", "17"),
        ("open_not_sent_to_named", "17"),
        ("open_letter_due", ""),
    ]


def test_a12_a_correction_that_gives_items_to_a_new_body_makes_it_open() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    story.does(BeginCorrection, reason=HASH)
    story.submits_report(naming(SCHOOL)).approves_report()
    story.post_takes_letters()
    assert unsent(story) == [("school", "17", True)]


def test_a_reason_that_is_recorded_stands_for_the_sending_until_the_body_gets_other_items() -> None:
    story = Story().starts().has_approved_report(naming(SCHOOL, AKIMAT)).is_dispatched()
    story.does(OmitAddressee, addressee="school", reason=HASH)
    assert unsent(story) == [("akimat", "17", True)]
    assert story.refused(OmitAddressee, addressee="school", reason=HASH) == ("omitted_already", "17")
    story.does(BeginCorrection, reason=HASH)
    assert story.refused(OmitAddressee, addressee="akimat", reason=HASH) == ("correction_under_way", "A12")
    moved = (*naming(SCHOOL).items, item("r-school", ItemKind.RECOMMENDATION, "school"))
    story.submits_report(facts(items=moved)).approves_report()
    assert unsent(story) == [("school", "17", True)]


def test_whoever_came_after_a_named_body_is_sent_the_report_in_its_place() -> None:
    """Merged before the dispatch: what the decision asks of it is its successor's."""
    story = Story().starts().has_approved_report(naming(SCHOOL)).is_dispatched()
    story.happens(BodySucceeded(body="school", successor="akimat", since=story.today))
    assert unsent(story) == [("school", "17", True)]
    story.dispatches(to(AKIMAT, Ground.HOLDER_OF_POWER))
    assert unsent(story) == []


def test_of_a_named_body_that_left_nobody_it_is_said_why_it_is_not_sent() -> None:
    story = Story().starts().has_approved_report(naming(SCHOOL)).is_dispatched()
    story.happens(BodySucceeded(body="school", since=story.today))
    assert unsent(story) == [("school", "17", True)]
    story.does(OmitAddressee, addressee="school", reason=HASH)
    assert unsent(story) == []


def test_a_body_that_was_left_out_may_still_be_sent_the_report() -> None:
    story = Story().starts().has_approved_report(naming(SCHOOL)).is_dispatched()
    story.does(OmitAddressee, addressee="school", reason=HASH)
    story.does(DispatchReport, addressees=(to(SCHOOL, Ground.HOLDER_OF_POWER),))
    assert story.refused(OmitAddressee, addressee="school", reason=HASH) == ("named_body_was_sent_to", "17")


@pytest.mark.parametrize("conductors", [(DIVISION,), (AB, DIVISION)])
def test_whoever_conducted_has_the_report(conductors: tuple[Body, ...]) -> None:
    story = Story().starts(conductors=conductors).has_approved_report(naming(DIVISION)).is_dispatched()
    assert named_and_not_sent(story.state) == ()
    named: Id = DIVISION.organisation
    assert story.refused(OmitAddressee, addressee=named, reason=HASH)[0] == "omitted_already"


def test_the_authorized_body_gets_its_items_with_the_report_for_consolidation() -> None:
    story = Story().starts().has_approved_report(naming(AB)).is_dispatched()
    assert unsent(story) == []


def test_what_was_closed_before_this_was_asked_stays_closed() -> None:
    """Histories hold such: the command happens again in a replay, without admission."""
    story = Story().starts().has_approved_report(naming(SCHOOL)).is_dispatched()
    story.does(CloseMonitoring)
    assert unsent(story) == []
    assert story.not_admitted(CloseMonitoring) == []
    assert pinned().facts.items
