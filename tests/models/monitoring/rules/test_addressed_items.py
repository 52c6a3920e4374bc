"""Rule 16: the decision speaks to bodies that are there, of the kinds it names, by days that lie ahead."""

from datetime import date, timedelta

import pytest

from models.commands import ApproveReport, BeginCorrection, SubmitReport
from models.monitoring.rules.items import RULE_16_KINDS, addressee_warnings, day_warnings
from models.monitoring.rules.report_form import report_shortcomings
from models.report.facts import ItemFact, ReportFacts
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import ItemKind, OrganisationKind
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import (
    AB,
    AKIMAT,
    CITIZEN,
    CLINIC,
    COURT,
    DIVISION,
    FULL,
    GUARD,
    HASH,
    HEAD,
    MINISTRY,
    NGO,
    PROPOSAL,
    RECOMMENDATION,
    SCHOOL,
    body,
    facts,
    item,
    pinned,
)

TODAY, ENDED = date(2026, 8, 31), date(2026, 8, 28)
"""When the story is drafted, and the last day of its conduct."""
EARLY, PASSED = ("item_due_before_conduct_ended", "16"), ("item_due_passed", "16")
FAR = ("planned_too_far_ahead", "16")


def decided(*items: ItemFact, known: tuple[Body, ...] | None) -> ReportFacts:
    """A report whose decision has these items; `known` are the bodies the registry has that day."""
    return facts(items=items, addressees=known)


def told(story: Story, content: ReportFacts) -> list[tuple[str, str, str]]:
    found = report_shortcomings(story.state, content, story.today)
    return [(r.code, r.rule, r.params["organisation"]) for r in found]


@pytest.fixture
def story() -> Story:
    return Story().starts().conducts()


@pytest.mark.parametrize("kind", OrganisationKind)
def test_rule_16_items_are_for_state_bodies_organisations_and_quasi_state_entities(
    story: Story, kind: OrganisationKind
) -> None:
    somebody = body("somebody", kind)
    content = decided(PROPOSAL, item("r9", ItemKind.RECOMMENDATION, "somebody"), known=(CLINIC, somebody))
    person = kind is OrganisationKind.NATURAL_PERSON
    assert told(story, content) == ([("item_addressee_natural_person", "16", "somebody")] if person else [])
    assert (kind in RULE_16_KINDS) is not person


def test_rule_16_an_item_for_nobody_the_registry_knows_is_refused_before_it_is_printed(story: Story) -> None:
    content = decided(PROPOSAL, item("r9", ItemKind.RECOMMENDATION, "nobody-x"), known=(CLINIC,))
    assert told(story, content) == [("item_addressee_unknown", "16", "nobody-x")]
    assert story.refused(SubmitReport, content=pinned(content)) == ("item_addressee_unknown", "16")


@pytest.mark.parametrize(
    ("lead", "addressee", "code"),
    [
        (DIVISION, DIVISION, "item_addressed_to_conductor"),
        (AB, AB, "item_addressed_to_conductor"),
        (DIVISION, body("td-koko", OrganisationKind.TERRITORIAL_DIVISION), "item_addressee_not_listed"),
        (DIVISION, NGO, "item_addressee_not_listed"),
        (DIVISION, body("llp", OrganisationKind.OTHER_LEGAL_PERSON), "item_addressee_not_listed"),
        (DIVISION, COURT, "item_addressee_not_listed"),
        (DIVISION, MINISTRY, None),  # A7
        (DIVISION, AKIMAT, None),
        (DIVISION, AB, None),
        (AB, NGO, None),  # rule 20: interested organisations
    ],
)
def test_rules_16_17_whom_an_item_is_seldom_meant_for_is_warned_of(
    lead: Body, addressee: Body, code: str | None
) -> None:
    story = Story().starts(lead)
    content = decided(
        PROPOSAL,
        item("r9", ItemKind.RECOMMENDATION, addressee.organisation),
        known=(CLINIC, addressee),
    )
    found = addressee_warnings(story.state, content)
    assert [(each.code, each.params["item"]) for each in found] == ([(code, "r9")] if code else [])


def test_rule_05_nothing_is_proposed_to_a_special_state_body(story: Story) -> None:
    content = decided(PROPOSAL, item("r9", ItemKind.RECOMMENDATION, "guard"), known=(CLINIC, GUARD))
    assert told(story, content) == [("item_addressee_special_state_body", "5", "guard")]


def test_rule_16_each_wrong_addressee_is_told_at_once(story: Story) -> None:
    wrong = ("nobody-x", "guard", "citizen")
    items = (item(f"r-{each}", ItemKind.RECOMMENDATION, each) for each in wrong)
    content = decided(PROPOSAL, *items, known=(CLINIC, GUARD, CITIZEN))
    assert [named for _, _, named in told(story, content)] == list(wrong)


def test_rule_16_what_was_submitted_before_bodies_were_asked_for_is_approved_as_it_was(story: Story) -> None:
    former = decided(PROPOSAL, item("r9", ItemKind.RECOMMENDATION, "nobody-x"), known=None)
    story.submits_report(former)
    story.does(ApproveReport, HEAD, version=1)


def test_a12_rule_16_a_correction_may_still_speak_to_a_body_that_got_the_report_and_is_gone() -> None:
    sent = Story().starts().has_approved_report(decided(PROPOSAL, RECOMMENDATION, known=(CLINIC,)))
    sent.is_dispatched().does(BeginCorrection, reason=HASH)
    gone = decided(PROPOSAL, RECOMMENDATION, known=())
    assert told(sent, gone) == []
    anew = decided(PROPOSAL, RECOMMENDATION, item("r9", ItemKind.RECOMMENDATION), known=())
    assert told(sent, anew) == [("item_addressee_unknown", "16", CLINIC.organisation)]


@pytest.mark.parametrize(
    ("due_on", "refused", "warned"),
    [
        pytest.param(None, [], [], id="no-day-is-asked-for"),
        pytest.param(date(2019, 1, 1), [EARLY], [PASSED], id="years-ago"),
        pytest.param(ENDED - timedelta(days=1), [EARLY], [PASSED], id="before-the-conduct-was-over"),
        pytest.param(ENDED, [], [PASSED], id="passed-when-the-report-was-entered"),
        pytest.param(TODAY, [], [], id="today"),
        pytest.param(TODAY + timedelta(days=5 * 366), [], [], id="the-last-day-the-edition-lets-plan"),
        pytest.param(TODAY + timedelta(days=5 * 366 + 1), [FAR], [], id="nobody-lives-to-see-it"),
    ],
)
def test_rule_16_an_item_is_due_after_the_conduct_or_on_no_day(
    story: Story, due_on: date | None, refused: list[tuple[str, str]], warned: list[tuple[str, str]]
) -> None:
    """A report that was made on paper and is entered late may ask for a day that passed since: warned of."""
    content = facts(items=(PROPOSAL.model_copy(update={"due_on": due_on}), RECOMMENDATION))
    assert story.today == TODAY
    assert story.not_admitted(SubmitReport, content=pinned(content)) == refused
    assert [(w.code, w.rule) for w in day_warnings(story.state, content, TODAY)] == warned


def test_a12_a_day_that_is_left_as_it_was_approved_is_not_asked_about_again() -> None:
    """Whoever corrects a number changes no day; a day that is changed is looked at anew."""
    dated = PROPOSAL.model_copy(update={"due_on": date(2026, 9, 15)})
    content = facts(items=(dated, RECOMMENDATION))
    story = Story().starts().has_approved_report(content).is_dispatched()
    story.days_pass(60)
    story.does(BeginCorrection, reason=HASH)
    assert day_warnings(story.state, content, story.today) == ()
    for change in ({"due_on": date(2026, 9, 16)}, {"addressee": SCHOOL.organisation}):
        changed = facts(items=(dated.model_copy(update=change), RECOMMENDATION))
        assert [w.code for w in day_warnings(story.state, changed, story.today)] == ["item_due_passed"]
    moved = facts(items=(dated.model_copy(update={"due_on": date(2019, 1, 1)}), RECOMMENDATION))
    assert story.not_admitted(SubmitReport, content=pinned(moved)) == [EARLY]


def test_a_report_that_runs_is_judged_without_its_days(story: Story) -> None:
    """Histories hold such: they replay."""
    long_ago = PROPOSAL.model_copy(update={"due_on": date(2019, 1, 1)})
    story.submits_report(facts(items=(long_ago, RECOMMENDATION))).approves_report()
    assert FULL.addressees is None
