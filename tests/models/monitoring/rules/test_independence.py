"""Rule 12: the public and the experts come from outside; a head decides under the Rules."""

from datetime import date, timedelta

import pytest

from models.commands import CreateWorkingGroup, HeadDecision, NewMember, WithdrawMember
from models.monitoring.rules.independence import group_warnings, member_warnings
from models.vocabulary.bodies import Body
from models.vocabulary.editions import ORDER_192
from models.vocabulary.procedure import Community, OrganisationKind
from tests.models.monitoring.monitorings import DECISION, EXPERT, PUBLIC_MEMBER, Story
from tests.models.monitoring.rules.parts import AB, AKIMAT, CLINIC, DIVISION, HASH, HEAD, NGO, body

SINCE = ORDER_192.in_force_from
UNIT = body("clinic-lab", OrganisationKind.QUASI_STATE_ENTITY, legal_person="clinic")


def member(community: Community, employer: Body | None = None, **fields: object) -> NewMember:
    given = {"member": "m-1", "person": "p-1", "community": community, "employer": employer, **fields}
    return NewMember.model_validate(given)


def warned(*members: NewMember) -> list[tuple[str, str, str]]:
    found = member_warnings(Story().starts().state, members)
    return [(w.code, w.rule, w.params["organisation"]) for w in found]


@pytest.mark.parametrize("community", [Community.PUBLIC, Community.EXPERT])
@pytest.mark.parametrize(
    ("employer", "expected"),
    [
        pytest.param(DIVISION, [("member_of_conductor", "12", "td-sary")], id="own-staff"),
        pytest.param(CLINIC, [("member_of_object", "12", "clinic")], id="the-object-s-staff-and-chief"),
        pytest.param(UNIT, [("member_of_object", "12", "clinic")], id="a-unit-of-the-same-legal-person"),
        pytest.param(NGO, [], id="from-outside"),
        pytest.param(AKIMAT, [], id="an-official-of-another-body"),
        pytest.param(None, [], id="nobody-s-employee"),
    ],
)
def test_rule_12_staff_of_the_conductor_and_of_the_object_are_told_of_as_public_and_as_experts(
    community: Community, employer: Body | None, expected: list[tuple[str, str, str]]
) -> None:
    assert warned(member(community, employer)) == expected
    assert warned(member(Community.OFFICIAL, employer)) == []


def test_rule_12_the_registry_s_word_is_told_whatever_the_decision_says() -> None:
    """Whoever names another employer does not change where the person works; and the other way round."""
    assert warned(member(Community.EXPERT, DIVISION, organisation="institute"))
    assert warned(member(Community.EXPERT, None, organisation="clinic"))


def test_rule_12_a_group_is_warned_of_as_long_as_such_a_member_is_in_it() -> None:
    insider = EXPERT.model_copy(update={"employer": DIVISION})
    story = Story().starts()
    assert group_warnings(story.state) == ()
    story.creates_working_group(PUBLIC_MEMBER, insider)
    assert [w.code for w in group_warnings(story.state)] == ["member_of_conductor"]
    story.does(WithdrawMember, member=insider.member, note=HASH)
    assert group_warnings(story.state) == ()


@pytest.mark.parametrize(
    ("decided_on", "expected"),
    [
        (date(2001, 2, 3), [("decision_before_the_rules", "12")]),
        (SINCE - timedelta(days=1), [("decision_before_the_rules", "12")]),
        (SINCE, []),
        (date(2026, 7, 7), []),
    ],
)
def test_rule_12_a_head_decides_no_sooner_than_there_are_rules(
    decided_on: date, expected: list[tuple[str, str]]
) -> None:
    """The first edition's day, not the last one's: a decision may be older than the edition in force."""
    decision = DECISION.model_copy(update={"decided_on": decided_on})
    fields = {"decision": decision, "members": (PUBLIC_MEMBER, EXPERT)}
    story = Story().starts(AB)
    assert story.not_admitted(CreateWorkingGroup, HEAD, rules_since=SINCE, **fields) == expected
    assert story.not_admitted(CreateWorkingGroup, HEAD, **fields) == [], "a command of an earlier release"


def test_a_decision_has_a_number_and_a_post() -> None:
    blank = HeadDecision(head="p-head", post="—", decided_on=date(2026, 7, 7), decision_number="-")
    fields = {"decision": blank, "members": (PUBLIC_MEMBER, EXPERT)}
    refused = Story().starts().not_admitted(CreateWorkingGroup, HEAD, **fields)
    assert refused == [("document_unnamed", "12")] * 2
