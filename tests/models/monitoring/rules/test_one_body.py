"""Bodies that merged are one: the report is sent to it once, and a correction too (rules 17, 20; A12)."""

import pytest

from api.registries.suggestions import suggested_addressees
from models.commands import ApproveReport, BeginCorrection, DispatchReport
from models.monitoring.fold import fold
from models.monitoring.one_body import has_it
from models.monitoring.open_work import dispatch_complete
from models.report.facts import ReportFacts
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Ground
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import (
    AB_ID,
    AKIMAT,
    CLINIC,
    FULL,
    HASH,
    HEAD,
    PROPOSAL,
    RECOMMENDATION,
    SCHOOL,
    TO_AB,
    facts,
    to,
)
from tests.models.monitoring.rules.succeeding import MERGED, NEXT, dispatched, hears

TWO = facts(items=(PROPOSAL, RECOMMENDATION.model_copy(update={"addressee": "akimat"})))
"""A decision that asks two bodies for something."""
HAS_IT = ("addressee_has_it", "17")


def corrected(story: Story, content: ReportFacts = FULL) -> list[str]:
    """Whom the corrected version is written to."""
    before = len(story.letters())
    story.does(BeginCorrection, reason=HASH)
    story.submits_report(content)
    story.does(ApproveReport, HEAD, version=2, once_each=True)
    kinds = {LetterKind.REPORT_CORRECTED, LetterKind.ANSWERS_STAND}
    assert fold(story.entries) == story.state
    return [letter.recipient for letter in story.letters()[before:] if letter.kind in kinds]


def test_rule_17_whoever_came_after_an_addressee_has_its_report() -> None:
    story = dispatched()
    assert not has_it(story.state, "hospital", Ground.OBJECT)
    hears(story, ("clinic", "hospital"))
    assert has_it(story.state, "hospital", Ground.OBJECT)
    assert story.not_admitted(DispatchReport, addressees=(to(MERGED),)) == [HAS_IT]
    suggested = suggested_addressees(story.state)
    sent = {known: has_it(story.state, known, ground) for known, ground in suggested.items()}
    assert sent["clinic"], "what the decision names keeps its name, and was sent"
    assert sent[AB_ID]


def test_rule_17_the_next_office_has_what_the_former_one_was_sent() -> None:
    story = dispatched()
    hears(story, (AB_ID, "uo-2"), office="uo-2")
    assert has_it(story.state, NEXT.organisation, Ground.CONSOLIDATION)


def test_rule_16_a_body_that_is_asked_for_something_itself_is_sent_the_report_beside_its_predecessor_s() -> (
    None
):
    story = Story().starts(spheres=("health",), objects=(SCHOOL, CLINIC)).has_approved_report()
    story.dispatches(to(SCHOOL), TO_AB)
    hears(story, ("school", "clinic"))
    assert story.not_admitted(DispatchReport, addressees=(to(CLINIC),)) == []
    story.dispatches(to(CLINIC))
    assert has_it(story.state, "clinic", Ground.OBJECT)


def test_rule_17_two_that_merged_before_are_not_sent_it_twice_at_once() -> None:
    story = Story().starts(spheres=("health",), objects=(CLINIC, SCHOOL)).has_approved_report()
    hears(story, ("school", "hospital"), ("clinic", "hospital"))
    both = (to(CLINIC), to(MERGED), TO_AB)
    assert story.not_admitted(DispatchReport, addressees=both) == [("addressee_twice", "17")]
    assert story.not_admitted(DispatchReport, addressees=(to(CLINIC), TO_AB)) == []


@pytest.mark.parametrize("first", ["clinic", "school"])
def test_a12_a_correction_is_one_letter_to_a_body_that_stands_for_several(first: str) -> None:
    story = Story().starts(spheres=("health",), objects=(CLINIC, SCHOOL)).has_approved_report()
    order = (to(CLINIC), to(SCHOOL)) if first == "clinic" else (to(SCHOOL), to(CLINIC))
    story.dispatches(*order, TO_AB)
    story.post_takes_letters()
    hears(story, ("school", "hospital"), ("clinic", "hospital"))
    assert corrected(story) == ["hospital", AB_ID]
    letter = story.letters(LetterKind.REPORT_CORRECTED)[0]
    assert letter.subject == "clinic", "the one that the decision asks for something"
    story.post_takes_letters()
    assert dispatch_complete(story.state)
    assert {a.version for a in story.state.addressees.values()} == {2}
    assert not any(d.live for d in story.state.deadlines.values() if d.subject == "school")


def test_a12_who_was_asked_of_by_two_names_gets_a_letter_for_each() -> None:
    """Each link answers for its own items."""
    story = Story().starts(spheres=("health",), objects=(CLINIC,)).has_approved_report(TWO)
    story.dispatches(to(CLINIC), to(AKIMAT, Ground.HOLDER_OF_POWER), TO_AB)
    story.post_takes_letters()
    hears(story, ("clinic", "akimat"))
    assert corrected(story, TWO) == ["akimat", "akimat", AB_ID]


def test_a12_a_correction_that_was_approved_before_went_to_each() -> None:
    """Histories hold such: what was asked for without `once_each` replays as it was."""
    story = Story().starts(spheres=("health",), objects=(CLINIC, SCHOOL)).has_approved_report()
    story.dispatches(to(CLINIC), to(SCHOOL), TO_AB)
    hears(story, ("school", "clinic"))
    story.does(BeginCorrection, reason=HASH)
    story.submits_report().approves_report()
    letters = story.letters(LetterKind.REPORT_CORRECTED)
    assert [letter.recipient for letter in letters] == ["clinic", "clinic", AB_ID]
