"""What a report holds and who approves it: rules 4, 6, 10, 11, 15, 16, the annex; A6, A9, A10."""

from datetime import date, timedelta

import pytest

from models.commands import ApproveReport, ReturnReport, SubmitReport
from models.monitoring.open_work import OpenKind, open_items
from models.monitoring.rules.report_form import report_shortcomings, report_warnings
from models.report.content import Finding, ReportContent, Wording
from models.report.facts import FindingFact, ReportFacts
from models.vocabulary.procedure import IndicatorKind, IndicatorRole, ItemKind, Kind, Stage, Task
from tests.models.monitoring.monitorings import Story, with_switches
from tests.models.monitoring.rules.parts import (
    AB,
    ANALYST,
    CAUSE_IN_NUMBERS,
    CAUSE_IN_WORDS,
    CITIZEN,
    CLINIC,
    EFFECT_IN_NUMBERS,
    EFFECT_IN_WORDS,
    FIRST_DAY,
    FULL,
    HASH,
    HEAD,
    PROPOSAL,
    RECOMMENDATION,
    SCHOOL,
    STATE_IN_NUMBERS,
    STATE_IN_WORDS,
    facts,
    indicator,
    item,
    pinned,
)

EMPTY = ReportContent(number="2026-UO-0001", kind=Kind.THEMATIC)
NO_GROUNDS = {"items": (PROPOSAL,), "no_grounds_given": True}


@pytest.fixture
def story() -> Story:
    """A division's thematic monitoring that is being drafted."""
    return Story().starts().conducts()


def lacks(story: Story, content: ReportFacts) -> list[tuple[str, str]]:
    return [(r.code, r.rule) for r in report_shortcomings(story.state, content, story.today)]


def test_rule_15_a_full_report_lacks_nothing(story: Story) -> None:
    assert lacks(story, FULL) == []
    story.submits_report().approves_report()
    assert story.state.stage is Stage.APPROVED


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(facts(contacts_given=False), ("contacts_missing", "annex.I.2"), id="contacts"),
        pytest.param(facts(ended_on=None), ("period_missing", "annex.I.3"), id="period"),
        pytest.param(facts(ended_on=date(2026, 7, 6)), ("period_reversed", "annex.I.3"), id="reversed"),
        pytest.param(facts(ended_on=date(2026, 9, 1)), ("period_not_over", "annex.I.3"), id="not-over"),
        pytest.param(facts(conclusions_given=False), ("conclusions_missing", "annex.III"), id="conclusions"),
    ],
)
def test_annex_part_i_and_iii_are_filled(
    story: Story, content: ReportFacts, expected: tuple[str, str]
) -> None:
    assert lacks(story, content) == [expected]


@pytest.mark.parametrize(
    ("part_ii", "missing"),
    [
        pytest.param((STATE_IN_NUMBERS, CAUSE_IN_WORDS), [], id="numbers-and-words"),
        pytest.param((STATE_IN_WORDS, CAUSE_IN_NUMBERS), [], id="words-and-numbers"),
        pytest.param((STATE_IN_NUMBERS, CAUSE_IN_NUMBERS), ["qualitative"], id="only-numbers"),
        pytest.param((STATE_IN_WORDS, CAUSE_IN_WORDS), ["quantitative"], id="only-words"),
        pytest.param((STATE_IN_NUMBERS, STATE_IN_WORDS), ["cause"], id="no-causes"),
        pytest.param((CAUSE_IN_NUMBERS, CAUSE_IN_WORDS), ["state"], id="no-state"),
    ],
)
def test_annex_part_ii_needs_both_kinds_about_state_and_causes(
    story: Story, part_ii: tuple[object, ...], missing: list[str]
) -> None:
    content = facts(indicators=(*part_ii, EFFECT_IN_NUMBERS))
    found = report_shortcomings(story.state, content, story.today)
    assert [next(iter(refusal.params.values())) for refusal in found] == missing
    assert {refusal.rule for refusal in found} <= {"annex.II"}


@pytest.mark.parametrize("effect", [EFFECT_IN_NUMBERS, EFFECT_IN_WORDS])
def test_annex_part_iii_needs_one_indicator_of_either_kind(story: Story, effect: object) -> None:
    part_ii = (STATE_IN_NUMBERS, CAUSE_IN_WORDS)
    assert lacks(story, facts(indicators=(*part_ii, effect))) == []
    assert lacks(story, facts(indicators=part_ii)) == [("effectiveness_indicator_missing", "annex.III")]


def test_rule_07_each_indicator_rests_on_a_known_source(story: Story) -> None:
    bare = indicator(IndicatorKind.QUALITATIVE, IndicatorRole.CAUSE, cited=())
    foreign = indicator(IndicatorKind.QUALITATIVE, IndicatorRole.CAUSE, cited=("s9",))
    others = (STATE_IN_NUMBERS, EFFECT_IN_NUMBERS)
    assert lacks(story, facts(indicators=(*others, bare))) == [("indicator_without_source", "7")]
    assert lacks(story, facts(indicators=(*others, foreign))) == [("source_unknown", "7")]


def test_annex_a_stated_share_is_what_its_numbers_give(story: Story) -> None:
    wrong = indicator(IndicatorKind.QUANTITATIVE, IndicatorRole.STATE, differing_share="33")
    found = lacks(story, facts(indicators=(wrong, CAUSE_IN_WORDS, EFFECT_IN_NUMBERS)))
    assert found == [("share_differs", "annex.II")]


def test_rule_04_and_06_a_finding_without_a_facet_is_warned_of_and_not_refused(story: Story) -> None:
    """Rule 4: the purpose is to assess law application; rule 6 names the three facets of the subject."""
    untagged = facts(findings=(FindingFact(id="f1", facets=0),))
    assert lacks(story, untagged) == []
    assert [(w.code, w.rule) for w in report_warnings(untagged, EMPTY)] == [("finding_without_facet", "6")]


def test_texts_missing_in_a_language_are_warned_of_by_name(story: Story) -> None:
    content = ReportContent(
        number="2026-UO-0001",
        kind=Kind.THEMATIC,
        title=Wording(kk="Атауы", ru="Название"),
        findings=(Finding(id="f1", text=Wording(ru="Вопрос")), Finding(id="f2", text=Wording(kk="Мәселе"))),
    )
    warned = report_warnings(facts(), content)
    assert [(w.code, w.params) for w in warned] == [
        ("text_missing_in_language", {"language": "kk", "texts": "finding:1"}),
        ("text_missing_in_language", {"language": "ru", "texts": "finding:2"}),
    ]


def test_rule_11_a_thematic_report_studies_a_problem_issue(story: Story) -> None:
    unfounded = (
        PROPOSAL.model_copy(update={"basis": None}),
        RECOMMENDATION.model_copy(update={"basis": None}),
    )
    assert lacks(story, facts(findings=(), items=unfounded)) == [("no_finding", "11")]


@pytest.mark.parametrize("unanswered", list(Task))
def test_rule_10_a_comprehensive_report_answers_the_three_tasks(unanswered: Task) -> None:
    story = Story().starts(AB, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL)).conducts()
    tasks = tuple(task for task in Task if task is not unanswered)
    found = report_shortcomings(story.state, facts(tasks=tasks), story.today)
    assert [(r.code, r.rule, r.params["task"]) for r in found] == [
        ("task_unanswered", "10", unanswered.value)
    ]


def test_rule_10_a_thematic_report_has_no_such_tasks(story: Story) -> None:
    assert lacks(story, facts(tasks=())) == []


def test_rule_16_1_the_decision_assesses_and_proposes(story: Story) -> None:
    assert lacks(story, facts(assessment_given=False)) == [("assessment_missing", "16.1")]
    assert lacks(story, facts(items=(RECOMMENDATION,))) == [("no_proposal", "16.1")]


@pytest.mark.parametrize("strict", [True, False])
def test_a6_no_grounds_stands_for_recommendations_unless_the_edition_is_strict(strict: bool) -> None:
    story = Story(with_switches(recommendations_required=strict)).starts().conducts()
    expected = [("no_recommendation", "16.2")] if strict else []
    assert lacks(story, facts(**NO_GROUNDS)) == expected
    assert lacks(story, facts(items=(PROPOSAL,))) == [("no_recommendation", "16.2")]
    assert lacks(story, FULL) == []


def test_rule_16_an_item_rests_on_a_finding_of_this_report(story: Story) -> None:
    foreign = item("p2", ItemKind.PROPOSAL, basis="f9")
    assert lacks(story, facts(items=(PROPOSAL, RECOMMENDATION, foreign))) == [("item_basis_unknown", "16")]


def test_rule_15_one_version_waits_for_the_head(story: Story) -> None:
    story.submits_report()
    assert story.refused(SubmitReport, content=pinned()) == ("version_awaits_approval", "15")


def test_rule_15_a_returned_report_is_submitted_anew(story: Story) -> None:
    story.submits_report()
    story.does(ReturnReport, HEAD, version=1, reason=HASH)
    assert story.refused(ApproveReport, HEAD, version=1) == ("version_returned", "15")
    assert story.refused(ApproveReport, HEAD, version=7) == ("no_version_awaits", "15")
    assert [each.kind for each in open_items(story.state)] == [OpenKind.REPORT_RETURNED]
    story.submits_report().approves_report()
    assert [v.approved_on is not None for v in story.state.versions] == [False, True]


@pytest.mark.parametrize("days", [-1, 1])
def test_annex_i_3_the_period_in_the_form_starts_on_the_day_the_conduct_began(
    story: Story, days: int
) -> None:
    otherwise = facts(started_on=FIRST_DAY + timedelta(days=days))
    (refusal,) = story.refusals(SubmitReport, content=pinned(otherwise))
    assert (refusal.code, refusal.rule) == ("period_start_differs", "annex.I.3")
    assert refusal.params == {"started": str(otherwise.started_on), "began": str(FIRST_DAY)}


def test_rule_15_the_head_approves_the_version_that_was_read(story: Story) -> None:
    story.submits_report()
    assert story.refused(ApproveReport, HEAD, version=2) == ("another_version_awaits", "15")
    assert story.refused(ReturnReport, HEAD, version=2, reason=HASH) == ("another_version_awaits", "15")


def test_rule_15_what_is_not_printed_is_not_approved(story: Story) -> None:
    story.does(SubmitReport, content=pinned())
    assert story.refused(ApproveReport, HEAD, version=1) == ("documents_not_ready", "15")


def test_rule_15_there_is_exactly_one_current_report(story: Story) -> None:
    assert story.state.current is None
    story.submits_report().approves_report()
    assert story.state.current == story.state.versions[0]


def test_rule_15_a_report_is_submitted_while_it_is_drafted() -> None:
    collecting = Story().starts().begins_collection()
    assert collecting.refused(SubmitReport, content=pinned()) == ("not_drafting", "15")


def test_a9_the_days_of_a_monitoring_are_kept_apart(story: Story) -> None:
    """Data studied, conduct, approval, dispatch and publication each have their own date."""
    story.submits_report()
    story.days_pass(1)
    story.approves_report()
    story.days_pass(1)
    story.is_dispatched()
    story.days_pass(1)
    state = story.publishes().state
    assert state.current is not None
    days = [
        state.studied_until,
        state.began_on,
        state.current.content.facts.ended_on,
        state.current.approved_on,
        state.addressees[CLINIC.organisation].dispatched_on,
        state.publications[0].published_on,
    ]
    assert days == sorted(set(days), key=str)


@pytest.mark.parametrize("apart", [True, False])
def test_a10_the_author_does_not_approve_alone_unless_the_edition_lets_him(apart: bool) -> None:
    story = Story(with_switches(approver_is_not_author=apart)).starts().conducts().submits_report()
    if apart:
        assert story.refused(ApproveReport, ANALYST, version=1) == ("approver_is_author", "A10")
    else:
        story.does(ApproveReport, ANALYST, version=1)
        assert story.state.stage is Stage.APPROVED


def test_a10_a_natural_person_approves_his_own_report() -> None:
    story = Story().starts(CITIZEN).conducts().submits_report()
    story.does(ApproveReport, ANALYST, version=1)
    assert story.state.stage is Stage.APPROVED


def test_annex_a_share_lacks_none_of_its_numbers(story: Story) -> None:
    """Nobody could recompute it otherwise, and a wrong one would pass."""
    for flaw, code in (("share_half_given", "share_half_given"), ("share_undivided", "share_undivided")):
        wrong = STATE_IN_NUMBERS.model_copy(update={flaw: True})
        found = lacks(story, facts(indicators=(wrong, CAUSE_IN_WORDS, EFFECT_IN_NUMBERS)))
        assert found == [(code, "annex.II")]


@pytest.mark.parametrize(
    ("author", "approver", "same_account", "refused"),
    [
        pytest.param("p-1", "p-1", False, True, id="one-person-with-two-accounts"),
        pytest.param("p-1", "p-2", True, False, id="two-persons-one-after-the-other-with-one-account"),
        pytest.param("p-1", "p-2", False, False, id="two-persons"),
        pytest.param(None, "p-2", True, True, id="submitted-before-persons-were-asked-for"),
        pytest.param(None, "p-2", False, False, id="submitted-before-with-another-account"),
    ],
)
def test_a10_the_four_eyes_are_of_two_persons_whatever_their_accounts(
    story: Story, author: str | None, approver: str, same_account: bool, refused: bool
) -> None:
    story.does(SubmitReport, ANALYST, content=pinned(), person=author)
    story.report_is_printed()
    approving = HEAD.model_copy(update={"account": ANALYST.account}) if same_account else HEAD
    if refused:
        expected = ("approver_is_author", "A10")
        assert story.refused(ApproveReport, approving, version=1, person=approver) == expected
    else:
        assert story.does(ApproveReport, approving, version=1, person=approver)


def test_a10_the_edition_may_let_one_person_do_both() -> None:
    story = Story(with_switches(approver_is_not_author=False)).starts().conducts()
    story.does(SubmitReport, ANALYST, content=pinned(), person="p-1")
    story.report_is_printed()
    assert story.does(ApproveReport, HEAD, version=1, person="p-1")
