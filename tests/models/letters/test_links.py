"""A link speaks for its own matter, and only until something takes its letter's place."""

import pytest

from models.commands import (
    AcknowledgeReport,
    AnswerInformationRequest,
    AnswerInvitation,
    AnswerReport,
    BeginCorrection,
    CloseMonitoring,
    InviteMember,
    ItemAnswer,
    NewMember,
    RecordConsideration,
    RequestInformation,
    SubmitReport,
    SubmitToCouncil,
    WithdrawFromCouncil,
    WithdrawInformationRequest,
    WithdrawMember,
)
from models.monitoring.rules.actors import link_superseded
from models.vocabulary.actors import Actor
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Community, CouncilOutcome, InformationOutcome, Response, Role
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import HASH, pinned

FOREIGN = ("link_not_for_this", "")
GONE = ("link_superseded", "")
REPLY: dict[str, object] = {
    "addressee": "clinic",
    "answers": tuple(ItemAnswer(item=i, response=Response.ACCEPTED) for i in ("p1", "r1")),
    "reply": HASH,
}
DECLINED = tuple(ItemAnswer(item=i, response=Response.DECLINED, reasoned=True) for i in ("p1", "r1"))


@pytest.fixture
def invited() -> Story:
    return Story().starts().creates_working_group().begins_collection()


@pytest.fixture
def sent() -> Story:
    return Story().starts().has_approved_report().is_dispatched()


def test_an_invitee_answers_his_own_invitation_only(invited: Story) -> None:
    expert = invited.holder(LetterKind.INVITATION)
    assert invited.refused(AnswerInvitation, expert, member="m-public", consents=True) == FOREIGN
    invited.does(AnswerInvitation, expert, member="m-expert", consents=True)


def test_a_member_leaves_by_the_link_he_reads_with(invited: Story) -> None:
    expert = invited.holder(LetterKind.INVITATION)
    invited.does(AnswerInvitation, expert, member="m-expert", consents=True)
    reading = invited.holder(LetterKind.MEMBERSHIP_CONFIRMED)
    assert invited.refused(AnswerInvitation, reading, member="m-expert", consents=True) == FOREIGN
    invited.does(WithdrawMember, reading, member="m-expert", note=HASH)


def test_a_link_does_no_conductor_s_work(invited: Story) -> None:
    expert = invited.holder(LetterKind.INVITATION)
    assert invited.refused(SubmitReport, expert, content=pinned()) == FOREIGN
    assert invited.refused(CloseMonitoring, expert) == FOREIGN


def test_a_letter_of_another_monitoring_opens_nothing(invited: Story) -> None:
    stranger = Actor(role=Role.MEMBER, letter="L99-0")
    assert invited.refused(AnswerInvitation, stranger, member="m-expert", consents=True) == FOREIGN


def test_an_invitation_s_link_ends_when_the_place_is_filled(invited: Story) -> None:
    invited.post_takes_letters()
    expert = invited.holder(LetterKind.INVITATION)
    second = NewMember(member="m-2", person="p-2", community=Community.EXPERT)
    invited.does(InviteMember, invited=second, replaces="m-expert")
    assert invited.refused(AnswerInvitation, expert, member="m-expert", consents=True) == GONE


def test_a_holder_answers_his_own_request_until_it_is_withdrawn(invited: Story) -> None:
    asked = {"holder": "stat", "source_kind": 1, "question": HASH}
    invited.does(RequestInformation, request="q1", **asked)
    invited.does(RequestInformation, request="q2", **asked)
    invited.post_takes_letters()
    holder = invited.holder(LetterKind.INFORMATION_REQUEST)
    declined = {"outcome": InformationOutcome.DECLINED, "answer": HASH}
    assert invited.refused(AnswerInformationRequest, holder, request="q1", **declined) == FOREIGN
    invited.does(WithdrawInformationRequest, request="q2", reason=HASH)
    assert invited.refused(AnswerInformationRequest, holder, request="q2", **declined) == GONE


def test_an_addressee_answers_for_his_own_body_only(sent: Story) -> None:
    clinic = sent.holder(LetterKind.REPORT_FOR_CONSIDERATION)
    assert sent.refused(AcknowledgeReport, clinic, addressee="uo") == FOREIGN
    sent.does(AcknowledgeReport, clinic, addressee="clinic")


def test_a_corrected_report_supersedes_the_former_s_link(sent: Story) -> None:
    former = sent.holder(LetterKind.REPORT_FOR_CONSIDERATION)
    sent.does(BeginCorrection, reason=HASH)
    sent.submits_report().approves_report()
    assert sent.refused(AnswerReport, former, **REPLY) == GONE
    sent.does(
        AnswerReport, sent.holder(LetterKind.REPORT_CORRECTED), **{**REPLY, "addressee": "uo", "answers": ()}
    )


def test_a_council_records_its_own_item_until_it_is_withdrawn(sent: Story) -> None:
    sent.does(SubmitToCouncil, item="k1", council="council-1")
    sent.does(SubmitToCouncil, item="k2", council="council-2")
    sent.post_takes_letters()
    secretary = sent.holder(LetterKind.COUNCIL_ITEM)
    record = {"considered_on": sent.today, "minutes_number": "4", "outcome": CouncilOutcome.NOTED}
    assert sent.refused(RecordConsideration, secretary, item="k1", **record) == FOREIGN
    sent.does(WithdrawFromCouncil, item="k2", reason=HASH)
    assert sent.refused(RecordConsideration, secretary, item="k2", **record) == GONE


def test_a_withdrawn_letter_s_link_is_superseded_whatever_it_was_for(invited: Story) -> None:
    expert = invited.holder(LetterKind.INVITATION)
    invited.does(WithdrawMember, member="m-expert", note=HASH)
    assert expert.letter is not None
    assert link_superseded(invited.state, expert.letter)


def test_a_letter_without_a_link_opens_nothing(sent: Story) -> None:
    sent.does(AnswerReport, **{**REPLY, "answers": DECLINED})
    confirmation = sent.letter(LetterKind.ANSWER_CONFIRMATION)  # nothing was accepted: nothing to report
    assert confirmation.purpose is None
    holder = Actor(role=Role.ADDRESSEE, letter=confirmation.id)
    assert sent.refused(AnswerReport, holder, **REPLY) == FOREIGN
