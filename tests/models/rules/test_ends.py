"""Correction (A12), cancellation, closing and the end of the follow-up (procedure.md §2.4)."""

from datetime import date

import pytest

from models.agenda import DeadlineStatus, RungName
from models.commands import (
    AnswerReport,
    BeginCorrection,
    CancelMonitoring,
    CloseMonitoring,
    DispatchReport,
    EndFollowUp,
    ItemAnswer,
    PublishReport,
    RequestInformation,
)
from models.procedure import Kind, LetterKind, LetterStatus, Response, Stage
from models.standing import OpenKind, dispatch_complete, open_items
from tests.models.monitorings import Story
from tests.models.rules.parts import AB, CLINIC, HASH, SCHOOL, TO_AB, to

REPLY: dict[str, object] = {
    "addressee": "clinic",
    "answers": tuple(ItemAnswer(item=i, response=Response.ACCEPTED) for i in ("p1", "r1")),
    "reply": HASH,
}


@pytest.fixture
def sent() -> Story:
    """A division's report that everyone has."""
    return Story().starts().has_approved_report().is_dispatched()


def blocking(story: Story) -> list[str]:
    return [item.kind.value for item in open_items(story.state) if item.blocking]


# ——— A12 ———
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


def test_a12_a_correction_asks_for_new_answers(sent: Story) -> None:
    sent.does(AnswerReport, **REPLY)
    sent.does(BeginCorrection, reason=HASH)
    sent.submits_report().approves_report()
    assert {item.answer for item in sent.state.items.values()} == {None}
    sent.does(AnswerReport, **REPLY)
    assert sent.state.addressees["clinic"].version == 2


def test_a12_nothing_is_sent_or_published_while_a_correction_is_under_way(sent: Story) -> None:
    sent.does(BeginCorrection, reason=HASH)
    expected = ("correction_under_way", "A12")
    assert sent.refused(BeginCorrection, reason=HASH) == expected
    assert sent.refused(DispatchReport, addressees=(to(SCHOOL),)) == expected
    assert sent.refused(PublishReport, published_on=sent.today, address="x") == expected


def test_a12_before_approval_there_is_nothing_to_correct() -> None:
    drafting = Story().starts().conducts()
    assert drafting.refused(BeginCorrection, reason=HASH) == ("nothing_to_correct", "A12")


def test_a12_a_correction_before_any_dispatch_sends_nothing() -> None:
    story = Story().starts().has_approved_report()
    story.does(BeginCorrection, reason=HASH)
    story.submits_report().approves_report()
    assert "report_dispatched" not in [entry.event.type for entry in story.entries]
    assert story.is_dispatched().state.stage is Stage.DISPATCHED


def test_a12_a_corrected_comprehensive_report_is_published_anew() -> None:
    story = Story().starts(AB, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL)).has_approved_report()
    story.is_dispatched().publishes()
    story.does(BeginCorrection, reason=HASH)
    story.submits_report().approves_report()
    story.post_takes_letters()
    assert blocking(story) == ["not_published"]


def test_a12_a_closed_monitoring_may_be_corrected(sent: Story) -> None:
    sent.does(CloseMonitoring)
    sent.does(BeginCorrection, reason=HASH)
    assert sent.refused(EndFollowUp, reason=HASH) == ("correction_under_way", "A12")
    sent.submits_report().approves_report()
    assert sent.state.stage is Stage.APPROVED


# ——— cancellation ———
@pytest.mark.parametrize("reached", ["planned", "collecting", "drafting"])
def test_a_monitoring_is_cancelled_before_approval(reached: str) -> None:
    story = Story().starts()
    if reached == "collecting":
        story.begins_collection()
    if reached == "drafting":
        story.conducts()
    story.does(CancelMonitoring, reason=HASH)
    assert story.state.stage is Stage.CANCELLED
    assert story.refused(CloseMonitoring) == ("monitoring_ended", "")


def test_rule_15_an_approved_report_is_corrected_not_cancelled(sent: Story) -> None:
    assert sent.refused(CancelMonitoring, reason=HASH) == ("cannot_cancel_after_approval", "15")


def test_everyone_who_was_asked_is_told_of_a_cancellation() -> None:
    story = Story().starts().creates_working_group().begins_collection()
    story.does(RequestInformation, request="q1", holder="stat", source_kind=1, question=HASH)
    story.does(CancelMonitoring, reason=HASH)
    told = [letter.recipient for letter in story.letters(LetterKind.MONITORING_CANCELLED)]
    assert told == ["p-public", "p-expert", "stat"]
    assert {d.status for d in story.state.deadlines.values()} == {DeadlineStatus.WITHDRAWN}
    withdrawn = [x.kind for x in story.letters() if x.status is LetterStatus.WITHDRAWN]
    assert withdrawn == [LetterKind.INVITATION, LetterKind.INVITATION, LetterKind.INFORMATION_REQUEST]


# ——— closing ———
def test_closing_waits_for_everything_that_is_due() -> None:
    story = Story().starts(conductor=AB, kind=Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL)).conducts()
    assert story.refused(CloseMonitoring) == ("open_report_not_approved", "15")
    story.submits_report().approves_report()
    reasons = {(r.code, r.rule) for r in story.refusals(CloseMonitoring)}
    assert reasons == {("open_not_sent_to_interested", "20"), ("open_not_published", "19")}
    story.dispatches(to(CLINIC))
    unsent = story.refusals(CloseMonitoring)[0]
    assert (unsent.code, unsent.params) == ("open_letter_due", {"subject": story.letters()[-1].id})
    story.post_takes_letters()
    assert story.refused(CloseMonitoring) == ("open_not_published", "19")
    story.publishes().does(CloseMonitoring)
    assert story.state.stage is Stage.CLOSED
    assert story.state.closed_on == story.today


def test_closing_waits_for_a_reply_until_its_date_has_passed() -> None:
    story = Story().starts().has_approved_report()
    story.dispatches(to(CLINIC, reply_by=date(2026, 9, 21)), TO_AB).post_takes_letters()
    assert story.refused(CloseMonitoring) == ("open_reply_awaited", "")
    story.rung_is_reached("reply:clinic", RungName.EXPIRED)
    story.does(CloseMonitoring)
    assert story.state.stage is Stage.CLOSED


def test_an_undelivered_reminder_does_not_keep_a_monitoring_open(sent: Story) -> None:
    kinds = {OpenKind.LETTER_DUE, OpenKind.LETTER_UNDELIVERABLE}
    assert not any(item.kind in kinds for item in open_items(sent.state))
    sent.does(AnswerReport, **REPLY)
    care = [item for item in open_items(sent.state) if item.kind in kinds]
    assert [item.blocking for item in care] == [False]
    sent.does(CloseMonitoring)
    assert sent.state.stage is Stage.CLOSED


def test_a_monitoring_is_closed_once(sent: Story) -> None:
    assert sent.refused(EndFollowUp, reason=HASH) == ("not_closed", "")
    sent.does(CloseMonitoring)
    assert sent.refused(CloseMonitoring) == ("closed_already", "")


def test_a_closed_monitoring_still_hears_late_answers(sent: Story) -> None:
    sent.does(CloseMonitoring)
    sent.does(AnswerReport, **REPLY)
    assert sent.state.addressees["clinic"].answered_on == sent.today


def test_after_the_follow_up_nothing_happens_any_more(sent: Story) -> None:
    sent.does(CloseMonitoring)
    sent.does(EndFollowUp, reason=HASH)
    assert sent.state.ended
    assert {d.status for d in sent.state.deadlines.values()} == {DeadlineStatus.WITHDRAWN}
    assert sent.refused(AnswerReport, **REPLY) == ("monitoring_ended", "")
