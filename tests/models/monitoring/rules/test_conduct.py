"""How monitoring is conducted: rules 7, 8 and 14, form I.3."""

from datetime import date, timedelta

import pytest

from models.commands import (
    AnswerInformationRequest,
    BeginCollection,
    CompleteAnalysis,
    CompleteCollection,
    CompleteStep,
    RecordActivity,
    RequestInformation,
    SubmitReport,
    WithdrawInformationRequest,
)
from models.monitoring.rules.admission import check_admission
from models.monitoring.rules.report_form import report_shortcomings
from models.vocabulary.procedure import (
    Activity,
    InformationOutcome,
    ItemKind,
    Kind,
    SourceAccess,
    SourceKind,
    Stage,
    Step,
)
from models.vocabulary.refusal import Refused
from tests.models.monitoring.monitorings import Story, with_switches
from tests.models.monitoring.rules.parts import (
    AB,
    ANALYST,
    CLINIC,
    FIRST_DAY,
    HASH,
    NGO,
    PROPOSAL,
    SCHOOL,
    facts,
    pinned,
    source,
)

ASKED: dict[str, object] = {"request": "q1", "holder": "stat", "source_kind": 1, "question": HASH}


@pytest.fixture
def division() -> Story:
    """A division that collects."""
    return Story().starts().begins_collection()


@pytest.fixture
def ngo() -> Story:
    """An other subject that collects."""
    return Story().starts(NGO).begins_collection()


@pytest.mark.parametrize("kind", list(SourceKind))
def test_rule_07_each_of_the_six_kinds_alone_is_enough(division: Story, kind: SourceKind) -> None:
    division.does(CompleteCollection, content=pinned(facts(sources=(source(kind),))))
    assert division.state.stage is Stage.ANALYSING


def test_rule_07_no_source_at_all_is_refused(division: Story) -> None:
    assert division.refused(CompleteCollection, content=pinned(facts(sources=()))) == ("no_source", "7")


def test_rule_07_an_other_source_says_why_the_law_does_not_prohibit_it(division: Story) -> None:
    bare = source(SourceKind.OTHER_LAWFUL, note=False)
    refused = division.refused(CompleteCollection, content=pinned(facts(sources=(bare,))))
    assert refused == ("source_lawfulness_note_missing", "7.6")


def test_rule_07_the_body_and_its_divisions_may_use_restricted_sources(division: Story) -> None:
    restricted = source(SourceKind.LEGAL_STATISTICS, SourceAccess.RESTRICTED)
    division.does(CompleteCollection, content=pinned(facts(sources=(restricted,))))
    assert division.state.stage is Stage.ANALYSING


def test_rule_07_an_answered_request_names_the_source_it_became(division: Story) -> None:
    division.does(RequestInformation, **ASKED)
    answer: dict[str, object] = {"request": "q1", "outcome": InformationOutcome.PROVIDED, "answer": HASH}
    assert division.refused(AnswerInformationRequest, **answer) == ("answer_without_source", "7")
    division.does(AnswerInformationRequest, **answer, source="s9")
    assert division.state.requests["q1"].source == "s9"
    assert division.refused(AnswerInformationRequest, **answer, source="s9") == ("request_answered", "7")
    assert division.refused(WithdrawInformationRequest, request="q1", reason=HASH) == (
        "request_not_open",
        "7",
    )


def test_rule_07_a_declined_request_becomes_no_source(division: Story) -> None:
    division.does(RequestInformation, **ASKED)
    division.does(AnswerInformationRequest, request="q1", outcome=InformationOutcome.DECLINED, answer=HASH)
    assert division.state.requests["q1"].source is None


def test_rule_07_requests_are_known_by_their_ids(division: Story) -> None:
    unknown = {"request": "q0", "reason": HASH}
    assert division.refused(WithdrawInformationRequest, **unknown) == ("request_unknown", "7")
    division.does(RequestInformation, **ASKED)
    assert division.refused(RequestInformation, **ASKED) == ("request_known", "7")


def test_rule_07_a_withdrawn_request_is_not_answered(division: Story) -> None:
    division.does(RequestInformation, **ASKED)
    division.does(WithdrawInformationRequest, request="q1", reason=HASH)
    declined = {"request": "q1", "outcome": InformationOutcome.DECLINED, "answer": HASH}
    assert division.refused(AnswerInformationRequest, **declined) == ("request_withdrawn", "7")


def test_a_reply_date_lies_ahead(division: Story) -> None:
    today = {**ASKED, "reply_by": division.today}
    assert division.refused(RequestInformation, **today) == ("reply_date_not_ahead", "")


def test_rule_08_all_five_activities_are_evidenced_before_the_report(division: Story) -> None:
    for activity in Activity:
        missing = {r.params["activity"] for r in _shortcomings(division) if r.code == "activity_missing"}
        assert activity.value in missing
        division.does(RecordActivity, activity=activity, done_on=division.today, note=HASH)
    assert [r.code for r in _shortcomings(division) if r.rule == "8"] == []


def test_rule_08_sets_no_order_for_the_body_and_its_divisions(division: Story) -> None:
    for activity in reversed(Activity):
        division.does(RecordActivity, activity=activity, done_on=division.today, note=HASH)
    assert set(division.state.activities) == set(Activity)


def test_rule_08_stages_come_one_after_another(division: Story) -> None:
    content = pinned()
    assert division.refused(CompleteAnalysis, content=content) == ("not_analysing", "8")
    division.does(CompleteCollection, content=content)
    assert division.refused(CompleteCollection, content=content) == ("not_collecting", "8")
    division.does(CompleteAnalysis, content=content)
    assert division.refused(CompleteAnalysis, content=content) == ("not_analysing", "8")
    assert division.state.stage is Stage.DRAFTING


def test_rule_08_an_activity_lies_within_the_conduct(division: Story) -> None:
    before = {"activity": Activity.COLLECT, "done_on": FIRST_DAY - timedelta(days=1), "note": HASH}
    assert division.refused(RecordActivity, **before) == ("date_before_conduct", "8")
    ahead = {**before, "done_on": FIRST_DAY + timedelta(days=1)}
    assert division.refused(RecordActivity, **ahead) == ("date_in_future", "8")


def test_annex_i_3_the_period_of_conduct_begins_once_and_not_in_the_future() -> None:
    story = Story().starts()
    tomorrow = story.today + timedelta(days=1)
    assert story.refused(BeginCollection, began_on=tomorrow) == ("date_in_future", "annex.I.3")
    early = BeginCollection(id="c-1", actor=ANALYST, began_on=date(2023, 6, 29))
    with pytest.raises(Refused) as refused:
        check_admission(story.state, early, story.today)
    assert (refused.value.code, refused.value.rule) == ("began_before_the_rules", "1")
    story.does(BeginCollection, began_on=date(2026, 7, 1))
    assert story.state.began_on == date(2026, 7, 1)
    assert story.refused(BeginCollection, began_on=story.today) == ("already_begun", "8")


def test_rule_11_an_analysis_without_a_problem_issue_is_refused(division: Story) -> None:
    division.does(CompleteCollection, content=pinned())
    refused = division.refused(CompleteAnalysis, content=pinned(facts(findings=())))
    assert refused == ("no_finding", "11")


def test_rule_11_only_a_thematic_monitoring_has_to_find_a_problem_issue() -> None:
    story = Story().starts(AB, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL)).begins_collection()
    none_found = pinned(facts(findings=()))
    story.does(CompleteCollection, content=none_found)
    story.does(CompleteAnalysis, content=none_found)
    assert story.state.stage is Stage.DRAFTING


def test_rule_14_the_four_steps_lead_to_a_draft(ngo: Story) -> None:
    stages = []
    for step in Step:
        ngo.completes_step(step)
        stages.append(ngo.state.stage)
    assert stages == [Stage.ANALYSING, Stage.ANALYSING, Stage.DRAFTING, Stage.DRAFTING]


@pytest.mark.parametrize("step", list(Step)[1:])
def test_rule_14_no_step_before_the_one_ahead_of_it(ngo: Story, step: Step) -> None:
    later = {"step": step, "completed_on": ngo.today, "content": pinned()}
    assert ngo.refused(CompleteStep, **later) == ("step_out_of_order", "14.1")


def test_rule_14_a_step_is_completed_once(ngo: Story) -> None:
    ngo.completes_step(Step.COLLECTED)
    again = {"step": Step.COLLECTED, "completed_on": ngo.today, "content": pinned()}
    assert ngo.refused(CompleteStep, **again) == ("step_completed_before", "14.1")


def test_rule_14_a_step_is_not_dated_before_the_former(ngo: Story) -> None:
    ngo.days_pass(3)
    ngo.completes_step(Step.COLLECTED)
    early = {"step": Step.STUDIED, "completed_on": FIRST_DAY, "content": pinned()}
    assert ngo.refused(CompleteStep, **early) == ("step_before_former", "14.2")


def test_rule_14_1_other_subjects_name_where_an_open_source_is_found(ngo: Story) -> None:
    nowhere = pinned(facts(sources=(source(reference=False),)))
    step = {"step": Step.COLLECTED, "completed_on": ngo.today, "content": nowhere}
    assert ngo.refused(CompleteStep, **step) == ("source_reference_missing", "14.1")


def test_rule_14_1_other_subjects_do_not_ask_holders(ngo: Story) -> None:
    assert ngo.refused(RequestInformation, **ASKED) == ("requests_by_other_subject", "14.1")


@pytest.mark.parametrize("open_by_us", [True, False])
def test_a5_what_we_published_ourselves_is_open_only_if_the_edition_says_so(open_by_us: bool) -> None:
    story = Story(with_switches(published_by_us_is_open=open_by_us)).starts(NGO).begins_collection()
    ours = pinned(facts(sources=(source(access=SourceAccess.PUBLISHED_BY_US),)))
    step = {"step": Step.COLLECTED, "completed_on": story.today, "content": ours}
    if open_by_us:
        story.does(CompleteStep, **step)
        assert Step.COLLECTED in story.state.steps
    else:
        assert story.refused(CompleteStep, **step) == ("source_not_open", "14.1")


def test_rule_14_3_problem_issues_are_determined(ngo: Story) -> None:
    ngo.completes_step(Step.COLLECTED)
    ngo.completes_step(Step.STUDIED)
    third = {
        "step": Step.PROBLEMS_DETERMINED,
        "completed_on": ngo.today,
        "content": pinned(facts(findings=())),
    }
    assert ngo.refused(CompleteStep, **third) == ("no_finding", "14.3")


def test_rule_14_4_the_result_develops_proposals(ngo: Story) -> None:
    for step in (Step.COLLECTED, Step.STUDIED, Step.PROBLEMS_DETERMINED):
        ngo.completes_step(step)
    only_recommends = facts(items=(PROPOSAL.model_copy(update={"kind": ItemKind.RECOMMENDATION}),))
    last = {"step": Step.RESULT_FORMED, "completed_on": ngo.today, "content": pinned(only_recommends)}
    assert ngo.refused(CompleteStep, **last) == ("no_proposal", "14.4")


def test_rule_14_steps_and_stages_are_not_mixed_up(division: Story, ngo: Story) -> None:
    content = pinned()
    step = {"step": Step.COLLECTED, "completed_on": division.today, "content": content}
    assert division.refused(CompleteStep, **step) == ("steps_are_for_other_subjects", "14")
    assert ngo.refused(CompleteCollection, content=content) == ("other_subjects_complete_steps", "14")
    assert ngo.refused(CompleteAnalysis, content=content) == ("other_subjects_complete_steps", "14")


def test_rule_14_a_report_waits_for_all_four_steps(ngo: Story) -> None:
    for step in (Step.COLLECTED, Step.STUDIED, Step.PROBLEMS_DETERMINED):
        ngo.completes_step(step)
    ngo.days_pass(60)
    assert ngo.refused(SubmitReport, content=pinned()) == ("step_missing", "14.4")


def test_rule_08_a_comprehensive_monitoring_of_the_body_goes_the_same_way() -> None:
    story = Story().starts(AB, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL)).conducts()
    assert story.state.stage is Stage.DRAFTING


def _shortcomings(story: Story) -> tuple:  # type: ignore[type-arg]
    return report_shortcomings(story.state, facts(), date(2026, 8, 31))
