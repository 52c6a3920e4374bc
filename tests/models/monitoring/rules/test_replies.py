"""Addressees' answers and the time they are given: beyond the Rules, which set neither."""

from datetime import date, timedelta

import pytest

from models.agenda.deadline import DeadlineStatus, ReplyPreset
from models.commands import (
    AcknowledgeReport,
    AnswerReport,
    AskMoreTime,
    ExtendDeadline,
    ItemAnswer,
    RefuseExtension,
)
from models.events import DeadlineExtended
from models.monitoring.rules.admission import check_admission
from models.vocabulary.actors import Authority
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Response
from models.vocabulary.refusal import Refused
from tests.models.monitoring.monitorings import BEFORE_RECEIPTS, Story
from tests.models.monitoring.rules.parts import ANALYST, CLINIC, HASH, TO_AB, to

REPLY_BY = date(2026, 9, 21)
ACCEPTED = tuple(ItemAnswer(item=i, response=Response.ACCEPTED) for i in ("p1", "r1"))
REPLY: dict[str, object] = {"addressee": CLINIC.organisation, "answers": ACCEPTED, "reply": HASH}
ASKING: dict[str, object] = {"addressee": CLINIC.organisation, "until": date(2026, 10, 5), "reason": HASH}
EXTENDING: dict[str, object] = {"deadline": "reply:clinic", "until": date(2026, 10, 5), "reason": HASH}


@pytest.fixture
def story() -> Story:
    """A report sent to a clinic that is asked to answer by a date."""
    story = Story().starts().has_approved_report().dispatches(to(CLINIC, reply_by=REPLY_BY), TO_AB)
    story.post_takes_letters()
    return story


def test_an_answer_settles_its_items_and_the_date(story: Story) -> None:
    story.does(AnswerReport, **REPLY)
    assert {item.response for item in story.state.items.values()} == {Response.ACCEPTED}
    assert story.state.deadlines["reply:clinic"].status is DeadlineStatus.MET
    assert story.state.addressees["clinic"].acknowledged_on == story.today


def test_eight_answers_to_one_letter_one_wins(story: Story) -> None:
    link = story.holder(LetterKind.REPORT_FOR_CONSIDERATION)
    story.does(AnswerReport, link, **REPLY)
    others = [story.refused(AnswerReport, link, **REPLY) for _ in range(7)]
    assert others == [("answered_already", "17")] * 7
    assert [entry.event.type for entry in story.entries].count("report_answered") == 1


def test_a_late_answer_still_counts(story: Story) -> None:
    story.today = REPLY_BY + timedelta(days=30)
    story.rung_is_reached("reply:clinic", RungName.EXPIRED)
    story.does(AnswerReport, **REPLY)
    assert story.state.deadlines["reply:clinic"].late


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        pytest.param(ACCEPTED[:1], "item_unanswered", id="one-missing"),
        pytest.param((*ACCEPTED, ACCEPTED[0]), "item_answered_twice", id="twice"),
        pytest.param(
            (*ACCEPTED, ItemAnswer(item="p9", response=Response.ACCEPTED)), "item_not_yours", id="foreign"
        ),
        pytest.param(
            (ACCEPTED[0], ItemAnswer(item="r1", response=Response.DECLINED)), "reason_missing", id="declined"
        ),
        pytest.param(
            (ACCEPTED[0], ItemAnswer(item="r1", response=Response.PARTLY)), "reason_missing", id="partly"
        ),
    ],
)
def test_rule_16_an_answer_speaks_about_each_item_of_its_body(
    story: Story, answers: tuple[ItemAnswer, ...], code: str
) -> None:
    assert story.refused(AnswerReport, **{**REPLY, "answers": answers}) == (code, "16")


def test_rule_16_every_unanswered_item_is_named_in_order(story: Story) -> None:
    reasons = story.refusals(AnswerReport, **{**REPLY, "answers": ()})
    assert [(r.code, r.params["item"]) for r in reasons] == [
        ("item_unanswered", "p1"),
        ("item_unanswered", "r1"),
    ]


def test_rule_16_a_reasoned_refusal_of_an_item_is_an_answer(story: Story) -> None:
    declined = (ACCEPTED[0], ItemAnswer(item="r1", response=Response.DECLINED, reasoned=True))
    story.does(AnswerReport, **{**REPLY, "answers": declined})
    assert story.state.items["r1"].response is Response.DECLINED


def test_rule_17_only_an_addressee_answers(story: Story) -> None:
    stranger = {**REPLY, "addressee": "stranger"}
    assert story.refused(AnswerReport, **stranger) == ("not_an_addressee", "17")


def test_rule_17_a_receipt_is_acknowledged_once(story: Story) -> None:
    story.does(AcknowledgeReport, addressee="clinic")
    assert story.state.addressees["clinic"].acknowledged_on == story.today
    assert story.refused(AcknowledgeReport, addressee="clinic") == ("acknowledged_already", "17")


def test_more_time_is_asked_for_and_given(story: Story) -> None:
    story.does(AskMoreTime, **ASKING)
    assert story.refused(AskMoreTime, **ASKING) == ("more_time_asked_already", "")
    story.does(ExtendDeadline, **EXTENDING)
    assert story.state.addressees["clinic"].more_time_until is None
    assert story.state.deadlines["reply:clinic"].due_on == date(2026, 10, 5)


def test_more_time_is_asked_for_and_refused(story: Story) -> None:
    assert story.refused(RefuseExtension, deadline="reply:clinic", reason=HASH) == ("more_time_not_asked", "")
    story.does(AskMoreTime, **ASKING)
    story.does(RefuseExtension, deadline="reply:clinic", reason=HASH)
    assert story.state.addressees["clinic"].more_time_until is None
    assert story.state.deadlines["reply:clinic"].due_on == REPLY_BY


def test_more_time_needs_a_date_to_be_later_than(story: Story) -> None:
    without_date = {**ASKING, "addressee": "uo"}
    assert story.refused(AskMoreTime, **without_date) == ("no_reply_date", "17")
    assert story.refused(AskMoreTime, **{**ASKING, "until": REPLY_BY}) == ("date_not_later", "")


def test_more_time_may_be_asked_for_on_the_last_day_and_not_after_it(story: Story) -> None:
    story.today = REPLY_BY + timedelta(days=1)
    assert story.refused(AskMoreTime, **ASKING) == ("reply_date_passed", "")
    story.today = REPLY_BY
    story.does(AskMoreTime, **ASKING)
    assert story.state.addressees["clinic"].more_time_until == ASKING["until"]


def test_more_time_is_not_asked_for_once_the_date_is_counted_as_passed(story: Story) -> None:
    story.rung_is_reached("reply:clinic", RungName.EXPIRED)
    assert story.refused(AskMoreTime, **ASKING) == ("reply_date_passed", "")


def test_more_time_is_not_asked_for_after_the_answer(story: Story) -> None:
    story.does(AnswerReport, **REPLY)
    assert story.refused(AskMoreTime, **ASKING) == ("answered_already", "17")


def test_an_extension_is_later_once_and_before_expiry(story: Story) -> None:
    assert story.refused(ExtendDeadline, **{**EXTENDING, "until": REPLY_BY}) == ("extension_not_later", "")
    assert story.refused(ExtendDeadline, **{**EXTENDING, "deadline": "none"}) == ("deadline_unknown", "")
    story.does(ExtendDeadline, **EXTENDING)
    further = {**EXTENDING, "until": date(2026, 11, 2)}
    assert story.refused(ExtendDeadline, **further) == ("extension_twice", "")
    assert story.refused(ExtendDeadline, **further, override=True) == ("override_without_authority", "")
    allowed = Authority(organisation="sary", act="order 5", dated=date(2026, 10, 1))
    (event,) = story.does(ExtendDeadline, **further, override=True, authority=allowed)
    assert isinstance(event, DeadlineExtended)
    assert event.authority == allowed
    story.today = date(2026, 11, 3)
    refused = story.refused(ExtendDeadline, **{**EXTENDING, "until": date(2026, 12, 1)})
    assert refused == ("extension_after_expiry", "")


def test_an_extension_keeps_the_former_date_in_the_journal(story: Story) -> None:
    (event,) = story.does(ExtendDeadline, **EXTENDING)
    assert isinstance(event, DeadlineExtended)
    assert (event.previous, event.deadline.due_on) == (REPLY_BY, EXTENDING["until"])


def test_a_date_that_was_only_asked_for_is_extended_without_a_bound(story: Story) -> None:
    next_year = date(2027, 3, 1)
    story.does(ExtendDeadline, **{**EXTENDING, "until": next_year})
    assert story.state.deadlines["reply:clinic"].due_on == next_year


def test_a_statutory_term_is_extended_by_two_months_at_most() -> None:
    story = (
        Story(BEFORE_RECEIPTS)
        .starts()
        .has_approved_report()
        .dispatches(to(CLINIC, preset=ReplyPreset.APPC_76))
    )
    due = story.state.deadlines["reply:clinic"].due_on
    too_long = {**EXTENDING, "until": due + timedelta(days=70)}
    assert story.refused(ExtendDeadline, **too_long) == ("extension_too_long", "")
    story.does(ExtendDeadline, **{**EXTENDING, "until": due + timedelta(days=50)})
    assert story.state.deadlines["reply:clinic"].extensions == 1


def test_nothing_is_planned_for_a_day_before_the_report_was_sent(story: Story) -> None:
    sent = story.state.addressees["clinic"].dispatched_on

    def reply(planned_on: date) -> AnswerReport:
        planned = ACCEPTED[0].model_copy(update={"planned_on": planned_on})
        given = {**REPLY, "answers": (planned, ACCEPTED[1]), "id": "c-1", "actor": ANALYST}
        return AnswerReport.model_validate(given)

    with pytest.raises(Refused) as refused:
        check_admission(story.state, reply(sent - timedelta(days=1)), story.today)
    assert (refused.value.code, refused.value.rule) == ("planned_before_dispatch", "16")
    check_admission(story.state, reply(sent), story.today)


def test_an_answer_is_asked_for_within_the_life_of_a_letter_s_link(story: Story) -> None:
    latest = story.today + timedelta(days=story.state.edition.times.asked_ahead_days)
    for command in (ExtendDeadline, AskMoreTime):
        fields = EXTENDING if command is ExtendDeadline else ASKING
        near = command.model_validate({**fields, "id": "c", "actor": ANALYST, "until": latest})
        check_admission(story.state, near, story.today)
        far = near.model_copy(update={"until": latest + timedelta(days=1)})
        with pytest.raises(Refused) as refused:
            check_admission(story.state, far, story.today)
        assert refused.value.code == "asked_too_far_ahead"
