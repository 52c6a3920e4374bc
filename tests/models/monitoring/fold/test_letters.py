"""Which letters each event causes, in which order, and how they fare."""

from datetime import timedelta

import pytest

from models.agenda.deadline import ReplyPreset
from models.commands import (
    AnswerInformationRequest,
    AnswerInvitation,
    AnswerReport,
    AskMoreTime,
    BeginCorrection,
    ExtendDeadline,
    ItemAnswer,
    NewMember,
    RecordConsideration,
    RecordHandDelivery,
    RefuseExtension,
    RequestInformation,
    ResendLetter,
    ReturnReport,
    SubmitToCouncil,
    WithdrawFromCouncil,
)
from models.events import LetterSent, LetterUndelivered
from models.letters.letter import letter_id
from models.monitoring.receipt_letters import coordinator_of
from models.vocabulary.actors import Actor
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, LetterStatus, Purpose, RecipientKind
from models.vocabulary.procedure import Community, CouncilOutcome, InformationOutcome, Kind, Response, Role
from tests.models.monitoring.monitorings import BEFORE_RECEIPTS, EXPERT, PUBLIC_MEMBER, Story
from tests.models.monitoring.rules.parts import AB, CITIZEN, CLINIC, DIVISION, HASH, HEAD, SCHOOL, TO_AB, to

OFFICIAL = NewMember(
    member="m-official", person="p-official", community=Community.OFFICIAL, organisation=DIVISION.organisation
)
COORDINATOR = Actor(role=Role.ANALYST, account="analyst")
REPLY: dict[str, object] = {
    "addressee": "clinic",
    "answers": tuple(ItemAnswer(item=i, response=Response.ACCEPTED) for i in ("p1", "r1")),
    "reply": HASH,
}


def kinds(story: Story) -> list[LetterKind]:
    return [letter.kind for letter in story.letters()]


def last(story: Story) -> tuple[LetterKind, str, RecipientKind, Purpose | None]:
    letter = story.letters()[-1]
    return letter.kind, letter.recipient, letter.recipient_kind, letter.purpose


@pytest.fixture
def sent() -> Story:
    """A report sent to a clinic that is asked to answer within the statutory term."""
    story = Story(BEFORE_RECEIPTS).starts().has_approved_report()
    story.dispatches(to(CLINIC, preset=ReplyPreset.APPC_76), TO_AB).post_takes_letters()
    return story


def test_rule_12_each_member_gets_the_letter_of_his_standing_in_the_order_of_the_decision() -> None:
    story = Story().starts().creates_working_group(PUBLIC_MEMBER, OFFICIAL, EXPERT)
    assert kinds(story) == [LetterKind.INVITATION, LetterKind.APPOINTMENT, LetterKind.INVITATION]
    recipients = [(x.recipient, x.purpose) for x in story.letters()]
    assert recipients == [
        ("p-public", Purpose.ANSWER_INVITATION),
        ("p-official", Purpose.READ_AS_MEMBER),
        ("p-expert", Purpose.ANSWER_INVITATION),
    ]


def test_rule_12_consent_is_confirmed_with_a_link_to_read_refusal_without_one() -> None:
    story = Story().starts().creates_working_group()
    story.does(AnswerInvitation, COORDINATOR, member="m-public", consents=True)
    confirmed = (LetterKind.MEMBERSHIP_CONFIRMED, "p-public", RecipientKind.PERSON, Purpose.READ_AS_MEMBER)
    assert last(story) == confirmed
    story.does(AnswerInvitation, COORDINATOR, member="m-expert", consents=False)
    assert last(story) == (LetterKind.ANSWER_CONFIRMATION, "p-expert", RecipientKind.PERSON, None)


def test_rule_07_a_request_and_its_answer_are_written_about() -> None:
    story = Story().starts().begins_collection()
    story.does(RequestInformation, request="q1", holder="stat", source_kind=1, question=HASH)
    requested = (
        LetterKind.INFORMATION_REQUEST,
        "stat",
        RecipientKind.ORGANISATION,
        Purpose.ANSWER_INFORMATION_REQUEST,
    )
    assert last(story) == requested
    story.does(AnswerInformationRequest, request="q1", outcome=InformationOutcome.DECLINED, answer=HASH)
    assert last(story) == (LetterKind.ANSWER_CONFIRMATION, "stat", RecipientKind.ORGANISATION, None)


def test_rule_15_the_head_is_asked_to_approve_and_a_natural_person_is_not() -> None:
    story = Story().starts().conducts().submits_report()
    assert last(story) == (LetterKind.APPROVAL_REQUEST, DIVISION.organisation, RecipientKind.HEAD, None)
    assert kinds(Story().starts(CITIZEN).conducts().submits_report()) == []


def test_rule_15_whoever_coordinates_is_told_that_the_report_is_to_be_worked_on() -> None:
    story = Story().starts().conducts().submits_report()
    story.does(ReturnReport, HEAD, version=1, reason=HASH, tells_coordinator=True)
    assert last(story) == (LetterKind.REPORT_RETURNED, *coordinator_of(story.state), None)
    assert [letter.version for letter in story.letters(LetterKind.REPORT_RETURNED)] == [1]
    before = Story().starts().conducts().submits_report()
    before.does(ReturnReport, HEAD, version=1, reason=HASH)
    assert kinds(before)[-1] is LetterKind.APPROVAL_REQUEST


def test_rule_17_the_report_is_sent_for_consideration_and_for_consolidation_in_the_order_named() -> None:
    story = Story().starts().has_approved_report().dispatches(TO_AB, to(CLINIC))
    assert kinds(story)[-2:] == [LetterKind.REPORT_FOR_CONSOLIDATION, LetterKind.REPORT_FOR_CONSIDERATION]
    seq = len(story.entries)
    assert [x.id for x in story.letters()[-2:]] == [letter_id(seq, 0), letter_id(seq, 1)]
    assert story.state.addressees["clinic"].letter == letter_id(seq, 1)


def test_rule_19_publication_is_asked_for_at_approval() -> None:
    story = Story().starts(AB, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL)).has_approved_report()
    assert last(story) == (LetterKind.PUBLICATION_REQUEST, "uo", RecipientKind.ORGANISATION, None)


def test_a12_a_correction_is_sent_as_such(sent: Story) -> None:
    sent.does(BeginCorrection, reason=HASH)
    sent.submits_report().approves_report()
    corrected = sent.letters(LetterKind.REPORT_CORRECTED)
    assert [(x.recipient, x.version) for x in corrected] == [("clinic", 2), ("uo", 2)]


def test_an_answer_is_confirmed(sent: Story) -> None:
    sent.does(AnswerReport, **REPLY)
    reader = ("clinic", RecipientKind.ORGANISATION, Purpose.REPORT_IMPLEMENTATION)
    assert last(sent) == (LetterKind.IMPLEMENTATION_AWAITED, *reader)


def test_more_time_given_or_refused_is_written_with_a_link_to_answer(sent: Story) -> None:
    due = sent.state.deadlines["reply:clinic"].due_on
    asking = {"addressee": "clinic", "until": due + timedelta(days=20), "reason": HASH}
    sent.does(AskMoreTime, **asking)
    sent.does(RefuseExtension, deadline="reply:clinic", reason=HASH)
    reader = ("clinic", RecipientKind.ORGANISATION, Purpose.ANSWER_REPORT)
    assert last(sent) == (LetterKind.EXTENSION_REFUSED, *reader)
    sent.does(ExtendDeadline, deadline="reply:clinic", until=due + timedelta(days=20), reason=HASH)
    assert last(sent) == (LetterKind.DEADLINE_EXTENDED, *reader)


def test_rule_21_a_council_is_written_to_when_asked_and_when_the_item_is_withdrawn(sent: Story) -> None:
    sent.does(SubmitToCouncil, item="k1", council="council")
    assert last(sent) == (
        LetterKind.COUNCIL_ITEM,
        "council",
        RecipientKind.COUNCIL,
        Purpose.RECORD_CONSIDERATION,
    )
    sent.does(WithdrawFromCouncil, item="k1", reason=HASH)
    assert last(sent) == (LetterKind.COUNCIL_ITEM_WITHDRAWN, "council", RecipientKind.COUNCIL, None)


@pytest.mark.parametrize("by_link", [True, False])
def test_rule_21_who_records_by_a_link_gets_a_confirmation(sent: Story, by_link: bool) -> None:
    sent.does(SubmitToCouncil, item="k1", council="council")
    actor = sent.holder(LetterKind.COUNCIL_ITEM) if by_link else COORDINATOR
    record = {"item": "k1", "considered_on": sent.today, "minutes_number": "4"}
    sent.does(RecordConsideration, actor, **record, outcome=CouncilOutcome.NOTED)
    assert (kinds(sent)[-1] is LetterKind.ANSWER_CONFIRMATION) is by_link


@pytest.mark.parametrize(
    ("rung", "expected"),
    [
        (RungName.REMINDER, LetterKind.REPLY_REMINDER),
        (RungName.LAST_CALL, LetterKind.REPLY_REMINDER),
        (RungName.EXPIRED, LetterKind.REPLY_OVERDUE),
    ],
)
def test_a_reply_s_rungs_remind_and_say_that_it_is_overdue(
    sent: Story, rung: RungName, expected: LetterKind
) -> None:
    before = len(sent.letters())
    sent.rung_is_reached("reply:clinic", rung)
    assert kinds(sent)[before:] == [expected]
    sent.rung_is_reached("reply:clinic", RungName.EARLY_REMINDER)
    assert len(sent.letters()) == before + 1


@pytest.mark.parametrize("missed", [True, False])
def test_a_reply_is_called_overdue_once_per_version_after_an_outage_too(sent: Story, missed: bool) -> None:
    """A rung missed while nothing ran is reached in silence; the next one says what it would have."""
    overdue = len(sent.letters(LetterKind.REPLY_OVERDUE))
    for _ in range(2):
        sent.rung_is_reached("reply:clinic", RungName.EXPIRED, silent=missed)
        assert len(sent.letters(LetterKind.REPLY_OVERDUE)) == overdue + (not missed)
        sent.rung_is_reached("reply:clinic", RungName.OVERDUE)
        overdue += 1
        assert len(sent.letters(LetterKind.REPLY_OVERDUE)) == overdue
        sent.does(BeginCorrection, reason=HASH)
        sent.submits_report().approves_report()


@pytest.mark.parametrize("rung", list(RungName))
def test_silent_rungs_cause_no_letter(sent: Story, rung: RungName) -> None:
    before = kinds(sent)
    sent.rung_is_reached("reply:clinic", rung, silent=True)
    assert kinds(sent) == before
    assert rung in sent.state.deadlines["reply:clinic"].reached


REMINDERS = [LetterKind.INVITATION_REMINDER, LetterKind.INFORMATION_REMINDER]
LAPSES = [LetterKind.INVITATION_LAPSED, LetterKind.INFORMATION_OVERDUE]


@pytest.mark.parametrize(
    ("rung", "lapse_told", "expected"),
    [
        (RungName.REMINDER, True, REMINDERS),
        (RungName.EXPIRED, True, LAPSES),
        (RungName.EXPIRED, False, []),  # as monitorings from before the change «tells-lapses» did
    ],
)
def test_invitations_and_requests_are_reminded_of_and_their_lapse_is_told(
    rung: RungName, lapse_told: bool, expected: list[LetterKind]
) -> None:
    story = Story().starts().creates_working_group().begins_collection()
    story.does(RequestInformation, request="q1", holder="stat", source_kind=1, question=HASH)
    before = len(story.letters())
    story.rung_is_reached("invitation:m-expert", rung, lapse_told=lapse_told)
    story.rung_is_reached("information_request:q1", rung, lapse_told=lapse_told)
    assert kinds(story)[before:] == expected


def test_a_letter_fares_by_what_the_post_says(sent: Story) -> None:
    letter = sent.letters(LetterKind.REPORT_FOR_CONSIDERATION)[0]
    sent.does(ResendLetter, letter=letter.id)
    sent.happens(LetterUndelivered(letter=letter.id, attempt=2, code="550"))
    failed = sent.state.letters[letter.id]
    assert (failed.status, failed.failure, failed.attempt) == (LetterStatus.UNDELIVERABLE, "550", 2)
    sent.does(ResendLetter, letter=letter.id)
    sent.happens(LetterSent(letter=letter.id, attempt=3))
    assert sent.state.letters[letter.id].status is LetterStatus.SENT
    assert sent.state.letters[letter.id].failure == ""


def test_what_never_left_is_withdrawn_when_a_newer_version_goes_out() -> None:
    story = Story().starts().has_approved_report().dispatches(to(CLINIC), TO_AB)
    former = story.letter(LetterKind.REPORT_FOR_CONSIDERATION)
    story.does(BeginCorrection, reason=HASH)
    story.submits_report().approves_report()
    assert story.state.letters[former.id].status is LetterStatus.WITHDRAWN


def test_a_letter_delivered_by_hand_stays_so(sent: Story) -> None:
    letter = sent.letter(LetterKind.REPORT_FOR_CONSIDERATION)
    sent.does(RecordHandDelivery, letter=letter.id, delivered_on=sent.today, note=HASH)
    assert sent.state.letters[letter.id].status is LetterStatus.DELIVERED_BY_HAND
