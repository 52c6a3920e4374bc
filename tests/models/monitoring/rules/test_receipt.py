"""A report is received by its addressee's word; the Code's term begins then, and the addressee extends it."""

from datetime import date, timedelta

import pytest

from models.agenda.deadline import BasisKind, Deadline, DeadlineStatus, LegalEffect, ReplyPreset
from models.commands import (
    AcknowledgeReport,
    AnswerReport,
    ApproveReport,
    AskMoreTime,
    BeginCorrection,
    CloseMonitoring,
    ExtendDeadline,
    ExtendReplyTerm,
    ItemAnswer,
    MarkConsidered,
    RecordHandDelivery,
    SubmitReport,
)
from models.events import ReplyTermExtended, ReportAcknowledged
from models.monitoring.open_work import OpenKind, open_items
from models.monitoring.receipt import deadline_told, term_awaiting_receipt
from models.monitoring.rules.admission import check_admission
from models.vocabulary.editions import ORDER_192, Edition, Times
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, LetterStatus, Purpose, RecipientKind
from models.vocabulary.procedure import Response
from models.vocabulary.refusal import Refused
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import ANALYST, CLINIC, DIVISION, HASH, HEAD, NGO, TO_AB, pinned, to

SENT = date(2026, 8, 31)  # a Monday, on which a story's report is sent
RECEIVED = date(2026, 9, 2)
DUE = date(2026, 9, 23)  # fifteen working days later
BEFORE = ORDER_192.model_copy(update={"times": Times()})
"""An edition stored before a receipt was asked for."""
CODE = to(CLINIC, preset=ReplyPreset.APPC_76)
NUMBERED = {"addressee": "clinic", "incoming_number": "1-15/482", "received_on": RECEIVED}
EXTENDING: dict[str, object] = {"addressee": "clinic", "until": date(2026, 10, 30), "reason": HASH}
ANSWERS = tuple(ItemAnswer(item=i, response=Response.ACCEPTED) for i in ("p1", "r1"))


def sent(edition: Edition = ORDER_192, by: object = NGO) -> Story:
    """A report that went by the Code's term, and was taken by the post."""
    conductor = NGO if by is NGO else DIVISION
    story = Story(edition).starts(conductor).has_approved_report().dispatches(CODE, TO_AB)
    story.post_takes_letters()
    assert story.today == SENT
    return story


def received() -> Story:
    story = sent()
    story.today = RECEIVED
    story.does(AcknowledgeReport, **NUMBERED)
    return story


def reply_of(story: Story) -> Deadline:
    return story.state.deadlines["reply:clinic"]


# ——— sent is not received ———
def test_a_letter_that_left_is_not_received() -> None:
    addressee = sent().state.addressees["clinic"]
    assert (addressee.acknowledged_on, addressee.incoming_number) == (None, None)
    assert sent().state.letters[addressee.letter].status is LetterStatus.SENT


def test_the_addressee_s_number_and_day_are_its_receipt() -> None:
    story = received()
    addressee = story.state.addressees["clinic"]
    assert (addressee.acknowledged_on, addressee.incoming_number) == (RECEIVED, "1-15/482")
    assert story.refused(AcknowledgeReport, **NUMBERED) == ("acknowledged_already", "17")


def test_a_receipt_may_be_given_its_number_later_and_keeps_its_day() -> None:
    story = sent()
    story.today = RECEIVED
    story.does(AcknowledgeReport, addressee="clinic")
    other = {**NUMBERED, "received_on": SENT}
    assert story.refused(AcknowledgeReport, **other) == ("received_on_settled", "17")
    story.does(AcknowledgeReport, **NUMBERED)
    assert story.state.addressees["clinic"].incoming_number == "1-15/482"
    assert reply_of(story).anchor == RECEIVED


def test_a_receipt_is_neither_ahead_nor_before_the_dispatch() -> None:
    story = sent()
    ahead = {**NUMBERED, "received_on": SENT + timedelta(days=1)}
    assert story.refused(AcknowledgeReport, **ahead) == ("date_in_future", "")
    early = {**NUMBERED, "received_on": SENT - timedelta(days=1)}
    assert story.refused(AcknowledgeReport, **early) == ("received_before_dispatch", "17")


def test_whoever_has_not_said_that_it_came_is_asked_twice_and_is_on_the_desk() -> None:
    story = sent()
    open_kinds = [(item.kind, item.subject) for item in open_items(story.state)]
    assert (OpenKind.RECEIPT_NOT_RECORDED, "clinic") in open_kinds
    for rung in (RungName.EXPIRED, RungName.OVERDUE):
        story.rung_is_reached("receipt:clinic", rung)
    reminders = story.letters(LetterKind.RECEIPT_REMINDER)
    assert [(r.recipient, r.purpose, r.version) for r in reminders] == [
        ("clinic", Purpose.ANSWER_REPORT, 1),
        ("clinic", Purpose.ANSWER_REPORT, 1),
    ]
    story.rung_is_reached("receipt:uo", RungName.EXPIRED, silent=True)
    assert len(story.letters(LetterKind.RECEIPT_REMINDER)) == 2, "a silent rung writes to nobody"


@pytest.mark.parametrize("settles", ["receipt", "answer", "hand"])
def test_nobody_is_asked_any_more_once_it_is_known(settles: str) -> None:
    story = sent()
    match settles:
        case "receipt":
            story.does(AcknowledgeReport, addressee="clinic")
        case "answer":
            story.does(AnswerReport, addressee="clinic", answers=ANSWERS, reply=HASH)
        case "hand":
            letter = story.state.addressees["clinic"].letter
            story.does(RecordHandDelivery, letter=letter, delivered_on=SENT, note=HASH)
    assert story.state.deadlines["receipt:clinic"].status is DeadlineStatus.MET
    assert story.state.addressees["clinic"].acknowledged_on == SENT
    assert OpenKind.RECEIPT_NOT_RECORDED not in {
        item.kind for item in open_items(story.state) if item.subject == "clinic"
    }


def test_a_number_may_be_recorded_after_the_answer() -> None:
    story = sent()
    story.does(AnswerReport, addressee="clinic", answers=ANSWERS, reply=HASH)
    (event,) = story.does(AcknowledgeReport, addressee="clinic", incoming_number="7")
    assert isinstance(event, ReportAcknowledged)
    assert event.deadline is None, "nothing is awaited any more"


def test_the_authorized_body_that_considered_a_report_has_it() -> None:
    story = sent()
    story.does(MarkConsidered, note=HASH)
    assert story.state.deadlines["receipt:uo"].status is DeadlineStatus.MET


def test_a_corrected_report_is_received_anew() -> None:
    story = received()
    story.does(BeginCorrection, reason=HASH)
    story.does(SubmitReport, content=pinned())
    story.report_is_printed()
    story.does(ApproveReport, HEAD, version=2)
    addressee = story.state.addressees["clinic"]
    assert (addressee.acknowledged_on, addressee.incoming_number, addressee.deadline) == (None, None, None)
    assert story.state.deadlines["receipt:clinic"].status is DeadlineStatus.OPEN
    assert reply_of(story).status is DeadlineStatus.WITHDRAWN


def test_an_edition_from_before_asks_for_no_receipt_and_counts_from_the_dispatch() -> None:
    story = sent(BEFORE)
    assert "receipt:clinic" not in story.state.deadlines
    due = reply_of(story).due_on
    assert reply_of(story).anchor == SENT
    letter = story.state.addressees["clinic"].letter
    (event,) = story.does(RecordHandDelivery, letter=letter, delivered_on=SENT, note=HASH)
    assert event.type == "hand_delivery_recorded"
    story.today = RECEIVED
    story.does(AcknowledgeReport, addressee="clinic")
    assert reply_of(story).due_on == due, "a running deadline keeps its day"
    story.does(ExtendDeadline, deadline="reply:clinic", until=date(2026, 10, 1), reason=HASH)
    assert reply_of(story).by_law, "and what it rests on"


# ——— the Code's term begins with the receipt ———
def test_the_code_s_term_counts_from_the_receipt() -> None:
    story = sent()
    assert "reply:clinic" not in story.state.deadlines
    assert term_awaiting_receipt(story.state, story.state.addressees["clinic"]) is not None
    assert term_awaiting_receipt(story.state, story.state.addressees["uo"]) is None
    story = received()
    assert (reply_of(story).anchor, reply_of(story).due_on) == (RECEIVED, DUE)
    assert reply_of(story).by_law
    assert story.letter(LetterKind.RECEIPT_RECORDED).deadline == "reply:clinic"


def test_the_report_s_own_letter_tells_the_term_that_began_since() -> None:
    story = sent()
    letter = story.letter(LetterKind.REPORT_FOR_CONSIDERATION)
    assert deadline_told(story.state, letter) is None
    story = received()
    assert deadline_told(story.state, letter) == reply_of(story)
    assert deadline_told(story.state, story.letter(LetterKind.REPORT_FOR_CONSOLIDATION)) is None
    assert deadline_told(story.state, story.letter(LetterKind.RECEIPT_RECORDED)) == reply_of(story)


def test_a_report_handed_over_is_received_that_day_and_its_term_begins() -> None:
    story = sent()
    letter = story.state.addressees["clinic"].letter
    story.does(RecordHandDelivery, letter=letter, delivered_on=SENT, note=HASH)
    assert (story.state.addressees["clinic"].acknowledged_on, reply_of(story).anchor) == (SENT, SENT)


def test_a_monitoring_stays_open_while_the_term_waits_for_the_receipt() -> None:
    story = sent()
    assert story.refused(CloseMonitoring) == ("open_receipt_not_recorded", "")
    for body in ("clinic", "uo"):
        story.rung_is_reached(f"receipt:{body}", RungName.EXPIRED)
    story.does(CloseMonitoring)


def test_a_date_that_was_asked_for_waits_for_no_receipt() -> None:
    asked = to(CLINIC, preset=ReplyPreset.APPC_76, reply_by=date(2026, 9, 21))
    story = Story().starts(NGO).has_approved_report().dispatches(asked, TO_AB)
    assert reply_of(story).basis.kind is BasisKind.REQUESTED
    assert term_awaiting_receipt(story.state, story.state.addressees["clinic"]) is None


# ——— whoever considers extends ———
def test_whoever_considers_extends_its_own_term_and_the_sender_is_told() -> None:
    story = received()
    story.today = DUE
    (event,) = story.does(ExtendReplyTerm, **EXTENDING)
    assert isinstance(event, ReplyTermExtended)
    assert (event.previous, event.deadline.due_on, event.decided_on) == (DUE, EXTENDING["until"], DUE)
    assert reply_of(story).due_on == EXTENDING["until"]
    notice = story.letter(LetterKind.REPLY_TERM_EXTENDED)
    assert (notice.recipient, notice.recipient_kind) == ("analyst", RecipientKind.ACCOUNT)
    assert story.letter(LetterKind.DEADLINE_EXTENDED).recipient == "clinic"


def test_it_is_extended_by_the_edition_s_months_at_most_later_and_once() -> None:
    story = received()
    for far in (date(2026, 11, 24), date(2027, 12, 1)):
        beyond = {**EXTENDING, "until": far}
        (reason,) = story.refusals(ExtendReplyTerm, **beyond)
        assert (reason.code, reason.params["latest"]) == ("reply_term_too_long", "2026-11-23")
        assert story.not_admitted(ExtendReplyTerm, **beyond) == [], "the Code's last day is the one to tell"
    assert story.refused(ExtendReplyTerm, **{**EXTENDING, "until": DUE}) == ("extension_not_later", "")
    story.does(ExtendReplyTerm, **{**EXTENDING, "until": date(2026, 11, 23)})
    assert story.refused(ExtendReplyTerm, **EXTENDING) == ("reply_term_extended_already", "")


def test_an_extension_is_told_within_three_working_days_of_its_decision() -> None:
    story = received()
    story.today = date(2026, 9, 28)  # a Monday: the third working day after the term's last one
    story.rung_is_reached("reply:clinic", RungName.EXPIRED)
    late = {**EXTENDING, "decided_on": date(2026, 9, 22)}
    assert story.refused(ExtendReplyTerm, **late) == ("extension_told_late", "")
    story.does(ExtendReplyTerm, **EXTENDING, decided_on=DUE)
    assert reply_of(story).status is DeadlineStatus.OPEN
    assert RungName.EXPIRED not in reply_of(story).reached


def test_an_extension_is_decided_while_the_term_runs() -> None:
    story = received()
    early = {**EXTENDING, "decided_on": RECEIVED - timedelta(days=1)}
    assert story.refused(ExtendReplyTerm, **early) == ("extended_before_term", "")
    ahead = {**EXTENDING, "decided_on": RECEIVED + timedelta(days=1)}
    assert story.refused(ExtendReplyTerm, **ahead) == ("date_in_future", "")
    story.today = DUE + timedelta(days=1)
    assert story.refused(ExtendReplyTerm, **EXTENDING) == ("extension_after_expiry", "")


def test_only_the_code_s_term_is_extended_by_whoever_considers() -> None:
    assert sent().refused(ExtendReplyTerm, **EXTENDING) == ("receipt_not_recorded", "17")
    asked = Story().starts().has_approved_report()
    asked.dispatches(to(CLINIC, reply_by=date(2026, 9, 21)), TO_AB)
    assert asked.refused(ExtendReplyTerm, **EXTENDING) == ("term_not_of_the_code", "")
    undated = Story().starts().has_approved_report().is_dispatched()
    assert undated.refused(ExtendReplyTerm, **EXTENDING) == ("no_reply_date", "17")
    answered = received()
    answered.does(AnswerReport, addressee="clinic", answers=ANSWERS, reply=HASH)
    assert answered.refused(ExtendReplyTerm, **EXTENDING) == ("answered_already", "17")


def test_the_sender_is_asked_for_time_only_once_the_term_was_extended() -> None:
    story = received()
    asking = {"id": "c", "actor": ANALYST, "addressee": "clinic", "until": date(2026, 12, 1), "reason": HASH}
    command = AskMoreTime.model_validate(asking)
    with pytest.raises(Refused) as refused:
        check_admission(story.state, command, story.today)
    assert refused.value.code == "extend_it_yourself"
    story.does(ExtendReplyTerm, **EXTENDING)
    check_admission(story.state, command, story.today)
    stranger = command.model_copy(update={"addressee": "stranger"})
    check_admission(story.state, stranger, story.today)


def test_time_that_the_sender_gives_is_not_called_law() -> None:
    story = received()
    assert reply_of(story).by_law
    story.does(ExtendDeadline, deadline="reply:clinic", until=date(2026, 10, 1), reason=HASH)
    assert (reply_of(story).basis.kind, reply_of(story).effect) == (BasisKind.AGREED, LegalEffect.NONE)


def test_between_bodies_the_term_is_asked_for_and_still_the_addressee_s_to_extend() -> None:
    story = sent(by=DIVISION)
    story.today = RECEIVED
    story.does(AcknowledgeReport, **NUMBERED)
    assert not reply_of(story).by_law
    story.does(ExtendReplyTerm, **EXTENDING)
    assert reply_of(story).due_on == EXTENDING["until"]
