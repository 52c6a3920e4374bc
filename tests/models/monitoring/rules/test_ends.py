"""Cancellation, closing and the end of the follow-up (docs/procedure.md, Stages)."""

from datetime import date

import pytest

from models.agenda.deadline import DeadlineStatus
from models.commands import (
    AnswerInformationRequest,
    AnswerInvitation,
    AnswerReport,
    AskMoreTime,
    BeginCorrection,
    CancelMonitoring,
    CloseMonitoring,
    EndFollowUp,
    ItemAnswer,
    NewMember,
    RefuseExtension,
    RequestInformation,
)
from models.monitoring.open_work import OpenKind, open_items
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, LetterStatus
from models.vocabulary.procedure import Community, Ground, InformationOutcome, Kind, Response, Stage
from tests.models.monitoring.monitorings import EXPERT, PUBLIC_MEMBER, Story
from tests.models.monitoring.rules.parts import AB, CLINIC, HASH, SCHOOL, TO_AB, to

REPLY: dict[str, object] = {
    "addressee": "clinic",
    "answers": tuple(ItemAnswer(item=i, response=Response.ACCEPTED) for i in ("p1", "r1")),
    "reply": HASH,
}


@pytest.fixture
def sent() -> Story:
    """A division's report that everyone has."""
    return Story().starts().has_approved_report().is_dispatched()


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


def test_whoever_is_done_already_is_not_told_of_a_cancellation() -> None:
    further = NewMember(member="m-3", person="p-3", community=Community.PUBLIC)
    story = Story().starts().creates_working_group(PUBLIC_MEMBER, EXPERT, further).begins_collection()
    story.does(AnswerInvitation, member="m-public", consents=False)
    story.does(AnswerInvitation, member="m-expert", consents=True)
    for request in ("q1", "q2"):
        asked = {"request": request, "holder": f"holder-of-{request}", "source_kind": 1, "question": HASH}
        story.does(RequestInformation, **asked)
    declined = {"outcome": InformationOutcome.DECLINED, "answer": HASH}
    story.does(AnswerInformationRequest, request="q1", **declined)
    story.does(CancelMonitoring, reason=HASH)
    told = [letter.recipient for letter in story.letters(LetterKind.MONITORING_CANCELLED)]
    assert told == ["p-expert", "p-3", "holder-of-q2"]


# ——— closing ———
def test_closing_waits_for_everything_that_is_due() -> None:
    story = Story().starts(conductor=AB, kind=Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL)).conducts()
    assert story.refused(CloseMonitoring) == ("open_report_not_approved", "15")
    story.submits_report().approves_report()
    reasons = {(r.code, r.rule) for r in story.refusals(CloseMonitoring)}
    assert reasons == {("open_not_sent_to_interested", "20"), ("open_not_published", "19")}
    story.dispatches(to(CLINIC))
    unsent = story.refusals(CloseMonitoring)[0]
    assert (unsent.code, unsent.params["subject"]) == ("open_letter_due", story.letters()[-1].id)
    assert unsent.params["letter"] == story.letters()[-1].kind.value
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


def test_closing_waits_for_no_reply_of_a_body_that_nothing_is_addressed_to() -> None:
    """Its letter says that it owes none."""
    story = Story().starts().has_approved_report()
    by = date(2026, 9, 21)
    story.dispatches(to(CLINIC), to(SCHOOL, Ground.HOLDER_OF_POWER, reply_by=by), TO_AB).post_takes_letters()
    (waits,) = [each for each in open_items(story.state) if each.kind is OpenKind.REPLY_AWAITED]
    assert (waits.subject, waits.blocking) == (SCHOOL.organisation, False)
    story.does(CloseMonitoring)
    assert story.state.stage is Stage.CLOSED


def test_closing_waits_for_a_word_on_the_time_that_was_asked_for() -> None:
    story = Story().starts().has_approved_report()
    story.dispatches(to(CLINIC, reply_by=date(2026, 9, 21)), TO_AB).post_takes_letters()
    story.does(AskMoreTime, addressee="clinic", until=date(2026, 10, 5), reason=HASH)
    story.rung_is_reached("reply:clinic", RungName.EXPIRED)
    assert story.refused(CloseMonitoring) == ("open_more_time_asked", "")
    story.does(RefuseExtension, deadline="reply:clinic", reason=HASH)
    story.does(CloseMonitoring)
    assert story.state.stage is Stage.CLOSED


def test_closing_waits_for_a_corrected_report_to_leave(sent: Story) -> None:
    sent.does(BeginCorrection, reason=HASH)
    sent.submits_report().approves_report()
    assert sent.refused(CloseMonitoring) == ("open_letter_due", "")
    sent.post_takes_letters()
    sent.does(CloseMonitoring)
    assert sent.state.stage is Stage.CLOSED


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
    assert [(item.kind, item.blocking) for item in open_items(sent.state)] == [(OpenKind.LETTER_DUE, False)]


def test_after_the_follow_up_nothing_happens_any_more(sent: Story) -> None:
    sent.does(CloseMonitoring)
    sent.does(EndFollowUp, reason=HASH)
    assert sent.state.ended
    assert {d.status for d in sent.state.deadlines.values()} == {DeadlineStatus.WITHDRAWN}
    assert sent.refused(AnswerReport, **REPLY) == ("monitoring_ended", "")
