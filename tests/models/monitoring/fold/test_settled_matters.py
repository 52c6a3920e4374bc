"""What is settled stays settled: late news of the post, and matters that end with something else."""

from datetime import date, timedelta

import pytest

from models.agenda.deadline import DeadlineStatus
from models.commands import (
    AnswerInformationRequest,
    AnswerInvitation,
    ApproveReport,
    AskMoreTime,
    BeginCorrection,
    CancelMonitoring,
    InviteMember,
    NewMember,
    RecordHandDelivery,
    RefuseExtension,
    RequestInformation,
    ResendLetter,
    WithdrawInformationRequest,
)
from models.events import ExtensionRefused, LetterSent, LetterUndelivered
from models.monitoring.open_work import open_items
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, LetterStatus
from models.vocabulary.procedure import Community, Consent, InformationOutcome, Kind
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import CLINIC, DIVISION, HASH, HEAD, SCHOOL, TO_AB, to

ASKED: dict[str, object] = {"request": "q1", "holder": "stat", "source_kind": 1, "question": HASH}
NAMESAKE = NewMember(member=CLINIC.organisation, person="p-late", community=Community.EXPERT)
"""Ids are given by people: a member may bear the id of a body."""
REPLY_BY = date(2026, 9, 21)


def statuses(story: Story, kind: LetterKind) -> list[LetterStatus]:
    return [letter.status for letter in story.letters(kind)]


def fails(story: Story, letter: str, attempt: int = 1) -> None:
    story.happens(LetterUndelivered(letter=letter, attempt=attempt, code="550"))


# ——— late news of the post ———
@pytest.fixture
def dispatched() -> Story:
    """A report whose letters are still on their way."""
    return Story().starts().has_approved_report().dispatches(to(CLINIC), TO_AB)


def test_a_late_failure_does_not_undo_a_delivery_by_hand(dispatched: Story) -> None:
    letter = dispatched.letter(LetterKind.REPORT_FOR_CONSIDERATION)
    dispatched.does(RecordHandDelivery, letter=letter.id, delivered_on=dispatched.today, note=HASH)
    fails(dispatched, letter.id)
    assert dispatched.state.letters[letter.id].status is LetterStatus.DELIVERED_BY_HAND


def test_a_late_failure_does_not_bring_a_withdrawn_letter_back() -> None:
    story = Story().starts().begins_collection()
    story.does(RequestInformation, **ASKED)
    story.does(WithdrawInformationRequest, request="q1", reason=HASH)
    fails(story, story.letter(LetterKind.INFORMATION_REQUEST).id)
    assert statuses(story, LetterKind.INFORMATION_REQUEST) == [LetterStatus.WITHDRAWN]


def test_a_late_failure_says_nothing_about_a_newer_attempt(dispatched: Story) -> None:
    letter = dispatched.letter(LetterKind.REPORT_FOR_CONSIDERATION)
    dispatched.happens(LetterSent(letter=letter.id, attempt=1))
    dispatched.does(ResendLetter, letter=letter.id)
    fails(dispatched, letter.id, attempt=1)
    assert dispatched.state.letters[letter.id].status is LetterStatus.DUE
    fails(dispatched, letter.id, attempt=2)
    assert dispatched.state.letters[letter.id].status is LetterStatus.UNDELIVERABLE


# ——— one matter ends, another does not ———
def test_rule_19_a_dispatch_to_the_authorized_body_leaves_the_request_to_publish() -> None:
    story = Story().starts(DIVISION, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL)).has_approved_report()
    assert statuses(story, LetterKind.PUBLICATION_REQUEST) == [LetterStatus.DUE]
    story.dispatches(to(CLINIC), TO_AB)
    assert statuses(story, LetterKind.PUBLICATION_REQUEST) == [LetterStatus.DUE]


def test_rule_07_a_withdrawn_request_leaves_the_letter_of_another() -> None:
    story = Story().starts().begins_collection()
    story.does(RequestInformation, **ASKED)
    story.does(RequestInformation, **{**ASKED, "request": "q2"})
    story.does(WithdrawInformationRequest, request="q1", reason=HASH)
    assert statuses(story, LetterKind.INFORMATION_REQUEST) == [LetterStatus.WITHDRAWN, LetterStatus.DUE]


def test_rule_12_with_the_approval_nobody_is_asked_for_consent_any_more() -> None:
    story = Story().starts().creates_working_group()
    for member in ("m-public", "m-expert"):
        story.does(AnswerInvitation, member=member, consents=True)
    story.does(InviteMember, invited=NAMESAKE)
    story.has_approved_report()
    assert story.state.deadlines["invitation:clinic"].status is DeadlineStatus.WITHDRAWN
    assert story.letters(LetterKind.INVITATION)[-1].status is LetterStatus.WITHDRAWN
    confirmed = statuses(story, LetterKind.MEMBERSHIP_CONFIRMED)
    assert confirmed == [LetterStatus.DUE, LetterStatus.DUE], "members go on reading"


def test_rule_07_with_the_approval_no_information_is_awaited_any_more() -> None:
    story = Story().starts().conducts()
    story.does(RequestInformation, **ASKED)
    story.post_takes_letters()
    story.rung_is_reached("information_request:q1", RungName.REMINDER)
    story.submits_report().approves_report()
    assert story.state.deadlines["information_request:q1"].status is DeadlineStatus.WITHDRAWN
    assert statuses(story, LetterKind.INFORMATION_REQUEST) == [LetterStatus.SENT]
    assert statuses(story, LetterKind.INFORMATION_REMINDER) == [LetterStatus.WITHDRAWN]


def test_whoever_was_asked_and_has_not_answered_is_told_with_the_approval_once() -> None:
    story = Story().starts().creates_working_group()
    for member in ("m-public", "m-expert"):
        story.does(AnswerInvitation, member=member, consents=True)
    story.does(InviteMember, invited=NAMESAKE)
    story.conducts()
    story.does(RequestInformation, **ASKED)
    story.does(RequestInformation, **{**ASKED, "request": "q2"})
    story.does(AnswerInformationRequest, request="q2", outcome=InformationOutcome.DECLINED, answer=HASH)
    story.submits_report()
    story.does(ApproveReport, HEAD, version=1, tells_asked=True)
    over, not_needed = LetterKind.INVITATION_OVER, LetterKind.INFORMATION_NOT_NEEDED
    assert [letter.subject for letter in story.letters(over)] == ["clinic"]
    assert [letter.subject for letter in story.letters(not_needed)] == ["q1"]
    withdrawal = {"request": "q1", "reason": HASH, "tells_holder": True}
    refused = story.not_admitted(WithdrawInformationRequest, **withdrawal)
    assert refused == [("report_approved_already", "8")], "nothing is left to be taken back"
    story.is_dispatched().does(BeginCorrection, reason=HASH)
    story.submits_report()
    story.does(ApproveReport, HEAD, version=2, tells_asked=True)
    assert len(story.letters(over)) == len(story.letters(not_needed)) == 1


def test_rule_07_whoever_holds_information_is_told_that_the_request_was_taken_back() -> None:
    story = Story().starts().begins_collection()
    story.does(RequestInformation, **ASKED)
    story.does(WithdrawInformationRequest, request="q1", reason=HASH, tells_holder=True)
    (told,) = story.letters(LetterKind.INFORMATION_NOT_NEEDED)
    assert (told.recipient, told.subject, told.purpose) == (ASKED["holder"], "q1", None)


def test_a_cancelled_monitoring_asks_for_care_of_those_alone_who_could_not_be_told() -> None:
    story = Story().starts().creates_working_group()
    failed, _ = story.letters(LetterKind.INVITATION)
    fails(story, failed.id)
    story.does(CancelMonitoring, reason=HASH)
    assert statuses(story, LetterKind.INVITATION) == [LetterStatus.WITHDRAWN] * 2
    assert open_items(story.state) == ()
    untold = story.letter(LetterKind.MONITORING_CANCELLED).id
    fails(story, untold)
    [care] = open_items(story.state)
    assert (care.subject, care.reason, care.blocking) == (untold, "550", False)


# ——— a member and an addressee of one id ———
@pytest.fixture
def namesakes() -> Story:
    """The clinic is asked to answer; a member who was invited and never answered bears its id."""
    story = Story().starts().creates_working_group()
    for member in ("m-public", "m-expert"):
        story.does(AnswerInvitation, member=member, consents=True)
    story.does(InviteMember, invited=NAMESAKE)
    story.has_approved_report().dispatches(to(CLINIC, reply_by=REPLY_BY), TO_AB)
    story.post_takes_letters()
    return story


def test_a_body_s_silence_is_not_its_namesake_s(namesakes: Story) -> None:
    namesakes.rung_is_reached("reply:clinic", RungName.EXPIRED)
    group = namesakes.state.working_group
    assert group is not None
    assert group.members["clinic"].consent is Consent.INVITED


def test_more_time_is_settled_for_the_body_that_asked(namesakes: Story) -> None:
    later = REPLY_BY + timedelta(days=14)
    namesakes.does(AskMoreTime, addressee="clinic", until=later, reason=HASH)
    refusing = {"deadline": "invitation:clinic", "reason": HASH}
    assert namesakes.refused(RefuseExtension, **refusing) == ("more_time_not_asked", "")
    namesakes.happens(ExtensionRefused(deadline="invitation:clinic", reason=HASH))
    assert namesakes.state.addressees["clinic"].more_time_until == later
    namesakes.does(RefuseExtension, deadline="reply:clinic", reason=HASH)
    assert namesakes.state.addressees["clinic"].more_time_until is None
