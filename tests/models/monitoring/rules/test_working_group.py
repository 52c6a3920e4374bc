"""Rule 12: the working group, by the head's decision, with the public and experts, by consent."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from models.agenda.deadline import DeadlineStatus
from models.commands import (
    AnswerInvitation,
    CreateWorkingGroup,
    InviteMember,
    NewMember,
    RecordOrganisationAgreement,
    SubmitReport,
    WithdrawMember,
)
from models.events import MemberAppointed
from models.vocabulary.actors import Actor
from models.vocabulary.editions import Strictness
from models.vocabulary.ladders import RungName
from models.vocabulary.procedure import Agreement, Community, Consent, Role
from tests.models.monitoring.monitorings import DECISION, EXPERT, PUBLIC_MEMBER, Story, with_switches
from tests.models.monitoring.rules.parts import DIVISION, HASH, HEAD, NGO, pinned

OFFICIAL = NewMember(
    member="m-official", person="p-official", community=Community.OFFICIAL, organisation=DIVISION.organisation
)
GUEST = NewMember(
    member="m-guest", person="p-guest", community=Community.OFFICIAL, organisation="another-body"
)
SECOND_EXPERT = NewMember(member="m-expert-2", person="p-expert-2", community=Community.EXPERT)
ANSWERS = Actor(role=Role.ANALYST, account="analyst")


@pytest.fixture
def story() -> Story:
    """A group of one of the public and one expert, both invited."""
    return Story().starts().creates_working_group()


def consent(story: Story, member: str) -> Consent:
    group = story.state.working_group
    assert group is not None
    return group.members[member].consent


def effective(story: Story) -> set[str]:
    group = story.state.working_group
    assert group is not None
    return {member.id for member in group.members.values() if member.effective}


def test_rule_12_nobody_is_a_member_before_consenting(story: Story) -> None:
    assert effective(story) == set()
    story.does(AnswerInvitation, ANSWERS, member="m-expert", consents=True)
    assert effective(story) == {"m-expert"}


def test_rule_12_an_official_of_the_conductor_is_a_member_by_the_decision() -> None:
    story = Story().starts().creates_working_group(PUBLIC_MEMBER, EXPERT, OFFICIAL, GUEST)
    assert effective(story) == {"m-official"}
    assert consent(story, "m-guest") is Consent.INVITED


def test_rule_12_other_subjects_create_no_group() -> None:
    refused = (
        Story()
        .starts(NGO)
        .refused(CreateWorkingGroup, HEAD, decision=DECISION, members=(PUBLIC_MEMBER, EXPERT))
    )
    assert refused == ("working_group_of_other_subject", "12")


def test_rule_12_there_is_one_group(story: Story) -> None:
    again = {"decision": DECISION, "members": (PUBLIC_MEMBER, EXPERT)}
    assert story.refused(CreateWorkingGroup, HEAD, **again) == ("working_group_exists", "12")


def test_rule_12_the_head_s_decision_is_complete() -> None:
    with pytest.raises(ValidationError, match="decision"):
        Story().starts().does(CreateWorkingGroup, HEAD, members=(PUBLIC_MEMBER, EXPERT))


def test_rule_12_the_decision_is_not_dated_ahead() -> None:
    story = Story().starts()
    ahead = DECISION.model_copy(update={"decided_on": story.today + timedelta(days=1)})
    refused = story.refused(CreateWorkingGroup, HEAD, decision=ahead, members=(PUBLIC_MEMBER, EXPERT))
    assert refused == ("date_in_future", "12")


def test_rule_12_a_person_is_invited_once() -> None:
    twice = (PUBLIC_MEMBER, EXPERT, SECOND_EXPERT.model_copy(update={"person": EXPERT.person}))
    assert Story().starts().refused(CreateWorkingGroup, HEAD, decision=DECISION, members=twice) == (
        "member_twice",
        "12",
    )


@pytest.mark.parametrize(
    ("reading", "refused"), [(Strictness.FORBID, True), (Strictness.WARN, False), (Strictness.ALLOW, False)]
)
def test_rule_12_both_communities_are_there_unless_the_edition_is_lenient(
    reading: Strictness, refused: bool
) -> None:
    story = Story(with_switches(working_group_both_communities=reading)).starts()
    without_experts = {"decision": DECISION, "members": (PUBLIC_MEMBER,)}
    if refused:
        reasons = story.refusals(CreateWorkingGroup, HEAD, **without_experts)
        assert [(r.code, r.rule, r.params) for r in reasons] == [
            ("community_missing", "12", {"community": "expert"})
        ]
    else:
        story.does(CreateWorkingGroup, HEAD, **without_experts)
        assert story.state.working_group is not None


def test_rule_12_a_group_without_a_consenting_expert_keeps_the_report_back() -> None:
    story = Story().starts().creates_working_group()
    story.does(AnswerInvitation, ANSWERS, member="m-public", consents=True)
    story.does(AnswerInvitation, ANSWERS, member="m-expert", consents=False)
    story.conducts()
    assert story.refused(SubmitReport, content=pinned()) == ("community_missing", "12")
    story.does(InviteMember, invited=SECOND_EXPERT, replaces="m-expert")
    story.does(AnswerInvitation, ANSWERS, member="m-expert-2", consents=True)
    story.submits_report()
    assert consent(story, "m-expert") is Consent.REPLACED


def test_rule_12_silence_is_no_answer_and_no_consent(story: Story) -> None:
    story.rung_is_reached("invitation:m-expert", RungName.EXPIRED)
    assert consent(story, "m-expert") is Consent.NO_ANSWER
    assert effective(story) == set()


def test_rule_12_a_late_consent_counts_while_the_place_is_not_filled(story: Story) -> None:
    story.rung_is_reached("invitation:m-expert", RungName.EXPIRED)
    story.does(AnswerInvitation, ANSWERS, member="m-expert", consents=True)
    assert effective(story) == {"m-expert"}
    assert story.state.deadlines["invitation:m-expert"].status is DeadlineStatus.MET


def test_rule_12_an_invitation_is_answered_once(story: Story) -> None:
    story.does(AnswerInvitation, ANSWERS, member="m-expert", consents=False)
    again = {"member": "m-expert", "consents": True}
    assert story.refused(AnswerInvitation, ANSWERS, **again) == ("invitation_answered", "12")


def test_rule_12_who_leaves_stays_in_the_history(story: Story) -> None:
    story.does(AnswerInvitation, ANSWERS, member="m-expert", consents=True)
    story.does(WithdrawMember, member="m-expert", note=HASH)
    assert consent(story, "m-expert") is Consent.WITHDRAWN
    assert story.refused(WithdrawMember, member="m-expert", note=HASH) == ("member_gone", "12")


def test_rule_12_an_invitation_that_is_taken_back_is_not_awaited(story: Story) -> None:
    story.does(WithdrawMember, member="m-expert", note=HASH)
    assert story.state.deadlines["invitation:m-expert"].status is DeadlineStatus.WITHDRAWN


@pytest.mark.parametrize(
    ("invitation", "code"),
    [
        pytest.param({"invited": EXPERT}, "member_known", id="same-member"),
        pytest.param(
            {"invited": SECOND_EXPERT.model_copy(update={"person": EXPERT.person})},
            "person_invited_already",
            id="same-person",
        ),
        pytest.param({"invited": SECOND_EXPERT, "replaces": "nobody"}, "member_unknown", id="unknown"),
    ],
)
def test_rule_12_an_invitation_names_somebody_new(
    story: Story, invitation: dict[str, object], code: str
) -> None:
    assert story.refused(InviteMember, **invitation) == (code, "12")


def test_rule_12_a_consenting_member_is_not_replaced(story: Story) -> None:
    story.does(AnswerInvitation, ANSWERS, member="m-expert", consents=True)
    replacing = {"invited": SECOND_EXPERT, "replaces": "m-expert"}
    assert story.refused(InviteMember, **replacing) == ("member_not_replaceable", "12")


def test_rule_12_an_official_of_the_conductor_takes_a_place_by_appointment(story: Story) -> None:
    story.does(AnswerInvitation, ANSWERS, member="m-expert", consents=False)
    (event,) = story.does(InviteMember, invited=OFFICIAL, replaces="m-expert")
    assert isinstance(event, MemberAppointed)
    assert event.replaces == "m-expert"
    assert consent(story, "m-expert") is Consent.REPLACED
    assert effective(story) == {"m-official"}
    assert "invitation:m-official" not in story.state.deadlines


def test_rule_12_the_organisation_s_agreement_is_kept_apart_from_consent(story: Story) -> None:
    story.does(RecordOrganisationAgreement, member="m-expert", agreement=Agreement.AGREED)
    assert consent(story, "m-expert") is Consent.INVITED
    alone = {"member": "m-public", "agreement": Agreement.AGREED}
    assert story.refused(RecordOrganisationAgreement, **alone) == ("member_without_organisation", "12")


def test_rule_12_without_a_group_nobody_is_invited() -> None:
    assert Story().starts().refused(InviteMember, invited=EXPERT) == ("working_group_missing", "12")


def test_rule_12_after_approval_the_group_does_not_change() -> None:
    story = Story().starts().has_approved_report()
    late = {"decision": DECISION, "members": (PUBLIC_MEMBER, EXPERT)}
    assert story.refused(CreateWorkingGroup, HEAD, **late) == ("report_approved_already", "12")
    assert story.refused(InviteMember, invited=EXPERT) == ("report_approved_already", "12")
