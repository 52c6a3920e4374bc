"""Joint conduct follows the rules of whoever leads (rules 8, 12, 14; decision 0018)."""

import pytest

from models.commands import CompleteStep, CreateWorkingGroup, RequestInformation
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import Activity, ConductorKind, SourceAccess, Step
from tests.models.monitoring.monitorings import DECISION, EXPERT, PUBLIC_MEMBER, Story
from tests.models.monitoring.rules.parts import AB, DIVISION, HASH, HEAD, NGO, facts, pinned, source
from tests.models.monitoring.rules.test_joint_conduct import confirms, joint

CLOSED = facts(sources=(source(access=SourceAccess.OFFICIAL),))


@pytest.mark.parametrize("lead", [AB, DIVISION])
def test_rules_08_and_12_led_by_the_authorized_body_or_its_division_an_ngo_beside_it_binds_nobody(
    lead: Body,
) -> None:
    """It may create a group, ask for information, use what is not open; it takes no steps of rule 14."""
    story = confirms(joint(lead, NGO), NGO).begins_collection()
    assert story.state.conductor_kind is lead.kind.conductor_kind
    story.does(CreateWorkingGroup, HEAD, decision=DECISION, members=(PUBLIC_MEMBER, EXPERT))
    story.does(RequestInformation, request="q1", holder="stat", source_kind=1, question=HASH)
    step = {"step": Step.COLLECTED, "completed_on": story.today, "content": pinned()}
    assert story.refused(CompleteStep, **step) == ("steps_are_for_other_subjects", "14")


def test_rule_14_led_by_an_ngo_the_authorized_body_beside_it_changes_nothing() -> None:
    story = confirms(joint(NGO, AB), AB).begins_collection()
    group = {"decision": DECISION, "members": (PUBLIC_MEMBER, EXPERT)}
    assert story.refused(CreateWorkingGroup, HEAD, **group) == ("working_group_of_other_subject", "12")
    step = {"step": Step.COLLECTED, "completed_on": story.today, "content": pinned(CLOSED)}
    assert story.refused(CompleteStep, **step) == ("source_not_open", "14.1")


def test_rule_14_1_an_ngo_brings_in_open_sources_whoever_leads() -> None:
    state = confirms(joint(AB, NGO), NGO).state
    assert state.sources_of(AB.organisation) is ConductorKind.AUTHORIZED_BODY
    assert state.sources_of(NGO.organisation) is ConductorKind.OTHER_SUBJECT
    led_by_ngo = confirms(joint(NGO, AB), AB).state
    assert led_by_ngo.sources_of(AB.organisation) is ConductorKind.OTHER_SUBJECT


def test_a_joint_monitoring_led_by_the_authorized_body_reaches_its_report_without_open_sources() -> None:
    story = confirms(joint(AB, NGO), NGO).has_approved_report(CLOSED)
    assert set(story.state.activities) == set(Activity)
    assert story.state.current is not None


def test_begun_by_an_earlier_release_a_joint_monitoring_with_an_ngo_keeps_the_ngos_rules() -> None:
    state = Story().starts(conductors=(AB, NGO)).state
    assert state.conductor_kind is ConductorKind.OTHER_SUBJECT
