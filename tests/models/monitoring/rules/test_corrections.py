"""A12: an approved report is not edited; a new version corrects it and goes the same way again."""

from datetime import date, timedelta

import pytest

from models.agenda.deadline import DeadlineStatus, ReplyPreset
from models.commands import (
    AnswerReport,
    BeginCorrection,
    CloseMonitoring,
    DispatchReport,
    EndFollowUp,
    ItemAnswer,
    MarkConsidered,
    PublishReport,
    ResendLetter,
    SubmitToCouncil,
)
from models.events import ReportApproved
from models.monitoring.open_work import (
    dispatch_complete,
    open_items,
    sent_to_authorized_body,
    sent_to_interested,
)
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Ground, Kind, Response, Stage
from tests.models.monitoring.monitorings import BEFORE_RECEIPTS, Story
from tests.models.monitoring.rules.parts import AB, CLINIC, COURT, HASH, SCHOOL, TO_AB, to

REPLY: dict[str, object] = {
    "addressee": "clinic",
    "answers": tuple(ItemAnswer(item=i, response=Response.ACCEPTED) for i in ("p1", "r1")),
    "reply": HASH,
}
FOLLOW_UP = "follow_up:2026-TD-0001"


@pytest.fixture
def sent() -> Story:
    """A division's report that everyone has."""
    return Story().starts().has_approved_report().is_dispatched()


def corrects(story: Story) -> None:
    """A correction from its beginning to the approval of the new version."""
    story.does(BeginCorrection, reason=HASH)
    story.submits_report().approves_report()


def blocking(story: Story) -> list[str]:
    return [item.kind.value for item in open_items(story.state) if item.blocking]


def test_a12_a_corrected_report_goes_to_the_same_addressees_again(sent: Story) -> None:
    sent.does(BeginCorrection, reason=HASH)
    assert blocking(sent) == ["correction_not_approved"]
    assert sent.refused(CloseMonitoring) == ("open_correction_not_approved", "A12")
    sent.submits_report().approves_report()
    assert {a.version for a in sent.state.addressees.values()} == {2}
    again = [letter.recipient for letter in sent.letters(LetterKind.REPORT_CORRECTED)]
    assert again == ["clinic", "uo"]
    assert not dispatch_complete(sent.state)
    sent.post_takes_letters()
    assert sent.state.stage is Stage.DISPATCHED


def test_a12_rule_17_nobody_has_a_version_that_was_not_sent_yet(sent: Story) -> None:
    """Between the approval of a corrected version and its dispatch the former letters do not count."""
    sent.does(BeginCorrection, reason=HASH)
    sent.submits_report()
    sent.happens(ReportApproved(version=2, approved_on=sent.today))
    assert not sent_to_authorized_body(sent.state)
    assert not sent_to_interested(sent.state)


def test_a12_a_correction_asks_for_new_answers(sent: Story) -> None:
    sent.does(AnswerReport, **REPLY)
    corrects(sent)
    assert {item.answer for item in sent.state.items.values()} == {None}
    sent.does(AnswerReport, **REPLY)
    assert sent.state.addressees["clinic"].version == 2


def test_a12_nothing_is_sent_published_or_considered_while_a_correction_is_under_way(sent: Story) -> None:
    sent.does(BeginCorrection, reason=HASH)
    expected = ("correction_under_way", "A12")
    assert sent.refused(BeginCorrection, reason=HASH) == expected
    assert sent.refused(DispatchReport, addressees=(to(SCHOOL),)) == expected
    assert sent.refused(PublishReport, published_on=sent.today, address="x") == expected
    assert sent.refused(SubmitToCouncil, item="k1", council="council") == expected
    assert sent.refused(MarkConsidered, note=HASH) == expected


def test_a12_before_approval_there_is_nothing_to_correct() -> None:
    drafting = Story().starts().conducts()
    assert drafting.refused(BeginCorrection, reason=HASH) == ("nothing_to_correct", "A12")


def test_a12_a_correction_before_any_dispatch_sends_nothing() -> None:
    story = Story().starts().has_approved_report()
    corrects(story)
    assert "report_dispatched" not in [entry.event.type for entry in story.entries]
    assert story.is_dispatched().state.stage is Stage.DISPATCHED


def test_a12_a_corrected_comprehensive_report_is_published_anew() -> None:
    story = Story().starts(AB, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL)).has_approved_report()
    story.is_dispatched().publishes()
    corrects(story)
    story.post_takes_letters()
    assert blocking(story) == ["not_published"]
    story.publishes()
    assert [publication.version for publication in story.state.publications] == [1, 2]


def test_a12_a_correction_opens_a_closed_monitoring_until_it_is_closed_again(sent: Story) -> None:
    sent.does(CloseMonitoring)
    sent.does(BeginCorrection, reason=HASH)
    assert (sent.state.stage, sent.state.closed_on) == (Stage.DISPATCHED, None)
    assert sent.state.deadlines[FOLLOW_UP].status is DeadlineStatus.WITHDRAWN
    assert sent.refused(EndFollowUp, reason=HASH) == ("not_closed", "")
    sent.submits_report().approves_report()
    sent.post_takes_letters()
    sent.days_pass(7)
    sent.does(CloseMonitoring)
    assert (sent.state.stage, sent.state.closed_on) == (Stage.CLOSED, sent.today)
    follow_up = sent.state.deadlines[FOLLOW_UP]
    assert (follow_up.status, follow_up.anchor) == (DeadlineStatus.OPEN, sent.today)


def test_a12_a_corrected_report_goes_out_on_the_former_terms() -> None:
    court = to(COURT, Ground.HOLDER_OF_POWER, reason=HASH, preset=ReplyPreset.APPC_76)
    story = Story(BEFORE_RECEIPTS).starts().has_approved_report().dispatches(to(CLINIC), court, TO_AB)
    story.post_takes_letters()
    story.days_pass(7)
    corrects(story)
    again = story.state.addressees["court"]
    assert (again.ground, again.reason, again.preset) == (court.ground, court.reason, court.preset)
    assert story.state.deadlines["reply:court"].anchor == story.today


def test_a12_a_former_version_s_letter_is_not_sent_again(sent: Story) -> None:
    former = sent.letter(LetterKind.REPORT_FOR_CONSIDERATION)
    corrects(sent)
    sent.post_takes_letters()
    assert sent.refused(ResendLetter, letter=former.id) == ("letter_superseded", "")
    latest = sent.letter(LetterKind.REPORT_CORRECTED)
    sent.does(ResendLetter, letter=latest.id)
    assert sent.state.letters[latest.id].attempt == 2


def test_a12_rule_18_the_body_considers_a_corrected_report_anew(sent: Story) -> None:
    sent.does(MarkConsidered, note=HASH)
    sent.does(BeginCorrection, reason=HASH)
    assert sent.state.considered_on is not None
    sent.submits_report().approves_report()
    assert sent.state.considered_on is None
    assert sent.refused(MarkConsidered, note=HASH) == ("not_received_by_authorized_body", "18")
    sent.post_takes_letters()
    sent.days_pass(1)
    sent.does(MarkConsidered, note=HASH)
    assert sent.state.considered_on == sent.today


@pytest.mark.parametrize(
    ("days", "kept"), [pytest.param(20, True, id="ahead"), pytest.param(21, False, id="today")]
)
def test_a12_a_corrected_report_is_answered_by_the_date_asked_for_if_that_lies_ahead(
    days: int, kept: bool
) -> None:
    reply_by = date(2026, 9, 21)
    story = Story().starts().has_approved_report().dispatches(to(CLINIC, reply_by=reply_by), TO_AB)
    assert story.today == reply_by - timedelta(days=21)
    story.post_takes_letters()
    story.days_pass(days)
    corrects(story)
    clinic, reply = story.state.addressees["clinic"], story.state.deadlines["reply:clinic"]
    assert clinic.reply_by == (reply_by if kept else None)
    assert clinic.deadline == (reply.id if kept else None)
    assert reply.status is (DeadlineStatus.OPEN if kept else DeadlineStatus.WITHDRAWN)
