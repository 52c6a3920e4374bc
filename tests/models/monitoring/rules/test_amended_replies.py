"""A reply may be amended until it is assessed: all of it anew, both kept."""

from datetime import date, timedelta

import pytest

from models.agenda.deadline import DeadlineStatus
from models.commands import (
    AmendReply,
    AnswerReport,
    BeginCorrection,
    ItemAnswer,
    ItemImplementation,
    JudgeImplementation,
    ReportImplementation,
)
from models.monitoring.follow_up import ItemStanding, standing_of
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Response, Verdict
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import ANALYST, CLINIC, HASH, TO_AB, to

NEWER = "b" * 64
BY = date(2026, 11, 30)


def said(
    response: Response = Response.ACCEPTED, planned_on: date | None = BY, reply: str = HASH
) -> dict[str, object]:
    answers = tuple(
        ItemAnswer(item=i, response=response, reasoned=True, planned_on=planned_on) for i in ("p1", "r1")
    )
    return {"addressee": CLINIC.organisation, "answers": answers, "reply": reply}


@pytest.fixture
def story() -> Story:
    """A clinic has accepted everything, for a day ahead."""
    told = Story().starts().has_approved_report().dispatches(to(CLINIC), TO_AB)
    told.post_takes_letters()
    told.does(AnswerReport, **said())
    return told


@pytest.mark.parametrize("by_link", [True, False])
def test_a_reply_is_amended_by_its_link_or_from_the_body_s_amended_paper(story: Story, by_link: bool) -> None:
    story.today += timedelta(days=3)
    by = story.holder(LetterKind.REPORT_FOR_CONSIDERATION) if by_link else ANALYST
    story.does(AmendReply, by, **said(Response.DECLINED, None, NEWER))
    addressee = story.state.addressees["clinic"]
    assert (addressee.reply, addressee.amended_on) == (NEWER, story.today)
    assert addressee.answered_on == story.today - timedelta(days=3), "when it answered first stays"
    assert {item.response for item in story.state.items.values()} == {Response.DECLINED}
    events = [entry.event for entry in story.entries]
    replies = [event.reply for event in events if event.type in {"report_answered", "reply_amended"}]
    assert replies == [HASH, NEWER], "both are on record"


def test_it_may_be_amended_again_and_each_is_confirmed(story: Story) -> None:
    for reply in (NEWER, "c" * 64):
        story.does(AmendReply, **said(Response.DECLINED, None, reply))
    assert story.state.addressees["clinic"].reply == "c" * 64
    assert len(story.letters(LetterKind.ANSWER_CONFIRMATION)) == 2


def test_what_is_planned_otherwise_is_waited_for_otherwise(story: Story) -> None:
    later = BY + timedelta(days=14)
    known = story.state.deadlines["implementation:r1"]
    answers = (
        ItemAnswer(item="p1", response=Response.ACCEPTED, planned_on=later),
        ItemAnswer(item="r1", response=Response.PARTLY, reasoned=True, planned_on=BY),
    )
    story.does(AmendReply, **{**said(), "answers": answers, "reply": NEWER})
    assert story.state.deadlines["implementation:p1"].due_on >= later
    assert story.state.deadlines["implementation:r1"] == known, "the same day is not planned anew"


def test_what_is_declined_now_is_waited_for_no_more(story: Story) -> None:
    story.does(AmendReply, **said(Response.DECLINED, None, NEWER))
    assert story.state.deadlines["implementation:p1"].status is DeadlineStatus.WITHDRAWN
    assert standing_of(story.state, story.state.items["p1"]) is ItemStanding.DECLINED


def test_what_was_reported_already_is_not_planned_anew(story: Story) -> None:
    done = (ItemImplementation(item="p1", claim=Verdict.IMPLEMENTED),)
    story.does(ReportImplementation, addressee="clinic", items=done, words=HASH)
    story.does(AmendReply, **said(Response.ACCEPTED, BY + timedelta(days=7), NEWER))
    assert story.state.deadlines["implementation:p1"].status is DeadlineStatus.MET
    assert standing_of(story.state, story.state.items["p1"]) is ItemStanding.REPORTED


def test_once_it_is_assessed_it_stands(story: Story) -> None:
    story.does(JudgeImplementation, item="p1", verdict=Verdict.NOT_IMPLEMENTED, reason=HASH)
    assert story.refused(AmendReply, **said(reply=NEWER)) == ("reply_assessed", "16")


def test_only_a_reply_that_was_given_can_be_amended() -> None:
    sent = Story().starts().has_approved_report().is_dispatched()
    assert sent.refused(AmendReply, **said()) == ("not_answered_yet", "17")


def test_an_amended_reply_speaks_about_each_item_too(story: Story) -> None:
    reasons = story.refusals(AmendReply, **{**said(), "answers": ()})
    assert [reason.code for reason in reasons] == ["item_unanswered"] * 2
    unreasoned = tuple(ItemAnswer(item=i, response=Response.DECLINED) for i in ("p1", "r1"))
    assert story.refused(AmendReply, **{**said(), "answers": unreasoned}) == ("reason_missing", "16")


def test_while_the_report_is_being_corrected_a_reply_can_be_amended(story: Story) -> None:
    story.does(BeginCorrection, reason=HASH)
    story.does(AmendReply, **said(Response.DECLINED, None, NEWER))
    assert story.state.addressees["clinic"].reply == NEWER
