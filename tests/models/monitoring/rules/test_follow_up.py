"""What becomes of accepted items: beyond the Rules, and nothing of it holds up a closing."""

from datetime import date, timedelta

import pytest

from models.agenda.deadline import DeadlineStatus
from models.commands import (
    AnswerReport,
    BeginCorrection,
    CloseMonitoring,
    EndFollowUp,
    ExtendDeadline,
    ItemAnswer,
    ItemImplementation,
    JudgeImplementation,
    ReportImplementation,
)
from models.events import FollowUpEnded
from models.monitoring.follow_up import ItemStanding, open_items_of, standing_of
from models.monitoring.open_work import OpenKind, open_items
from models.monitoring.rules.admission import check_admission
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, LetterStatus, Purpose
from models.vocabulary.procedure import Id, Response, Verdict
from models.vocabulary.refusal import Refused
from tests.models.monitoring.monitorings import Story, with_switches
from tests.models.monitoring.rules.parts import ANALYST, CLINIC, HASH

PLANNED = date(2026, 12, 1)
AWAITED, REPORTED = ItemStanding.AWAITED, ItemStanding.REPORTED
P1, R1 = "implementation:p1", "implementation:r1"


@pytest.fixture
def story() -> Story:
    """The clinic accepted a proposal and a recommendation, both by the same day."""
    return answered(Story().starts().has_approved_report().is_dispatched(), PLANNED, PLANNED)


def answered(story: Story, *planned: date | None, response: Response = Response.ACCEPTED) -> Story:
    answers = tuple(
        ItemAnswer(item=item, response=response, planned_on=day, reasoned=True)
        for item, day in zip(("p1", "r1"), planned, strict=True)
    )
    story.does(AnswerReport, addressee=CLINIC.organisation, answers=answers, reply=HASH)
    story.post_takes_letters()
    return story


def reports(story: Story, *items: Id, claim: Verdict = Verdict.IMPLEMENTED) -> None:
    said = tuple(ItemImplementation(item=item, claim=claim) for item in items)
    story.does(ReportImplementation, addressee=CLINIC.organisation, items=said, words=HASH)


def judges(story: Story, item: Id, verdict: Verdict, due_on: date | None = None) -> None:
    story.does(JudgeImplementation, item=item, verdict=verdict, reason=HASH, due_on=due_on)


def standings(story: Story) -> list[ItemStanding]:
    return [standing_of(story.state, item) for item in story.state.items.values()]


def test_what_was_accepted_for_a_day_is_waited_for_until_that_day(story: Story) -> None:
    assert standings(story) == [AWAITED, AWAITED]
    assert [story.state.deadlines[each].due_on for each in (P1, R1)] == [PLANNED, PLANNED]
    assert not story.state.deadlines[P1].by_law
    letter = story.letter(LetterKind.IMPLEMENTATION_AWAITED)
    assert (letter.recipient, letter.purpose) == (CLINIC.organisation, Purpose.REPORT_IMPLEMENTATION)
    assert not story.letters(LetterKind.ANSWER_CONFIRMATION)  # one letter says both


def test_nothing_was_carried_out_before_the_monitoring_began(story: Story) -> None:
    began = story.state.began_on
    assert began is not None

    def reported(done_on: date) -> ReportImplementation:
        said = ItemImplementation(item="p1", claim=Verdict.IMPLEMENTED, done_on=done_on)
        given = {"addressee": CLINIC.organisation, "items": (said,), "words": HASH}
        return ReportImplementation.model_validate({"id": "c-1", "actor": ANALYST, **given})

    with pytest.raises(Refused) as refused:
        check_admission(story.state, reported(began - timedelta(days=1)), story.today)
    assert refused.value.code == "done_before_conduct"
    check_admission(story.state, reported(began), story.today)


def test_a_declined_item_keeps_its_reason_and_is_not_followed() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    answered(story, None, None, response=Response.DECLINED)
    assert standings(story) == [ItemStanding.DECLINED, ItemStanding.DECLINED]
    assert not open_items_of(story.state)
    assert story.letters(LetterKind.ANSWER_CONFIRMATION)
    refused = story.refused(JudgeImplementation, item="p1", verdict=Verdict.NOT_IMPLEMENTED, reason=HASH)
    assert refused == ("item_not_followed", "")


def test_an_edition_without_follow_up_waits_for_nothing() -> None:
    story = Story(with_switches()).starts().has_approved_report().is_dispatched()
    answered(story, PLANNED, PLANNED)
    assert standings(story) == [ItemStanding.NOT_FOLLOWED] * 2
    assert set(story.state.deadlines) & {P1, R1} == set()
    assert story.letters(LetterKind.ANSWER_CONFIRMATION)


def test_items_without_a_day_ahead_are_waited_for_without_one() -> None:
    story = Story().starts().has_approved_report().is_dispatched()
    answered(story, None, story.today)
    assert standings(story) == [AWAITED, AWAITED]
    assert set(story.state.deadlines) & {P1, R1} == set()


def test_items_of_one_day_share_each_reminder(story: Story) -> None:
    for rung, letters in ((RungName.REMINDER, 1), (RungName.LAST_CALL, 2)):
        for deadline in (P1, R1):
            story.rung_is_reached(deadline, rung)
        assert len(story.letters(LetterKind.IMPLEMENTATION_REMINDER)) == letters
    for deadline in (P1, R1):
        story.rung_is_reached(deadline, RungName.EXPIRED)
    assert len(story.letters(LetterKind.IMPLEMENTATION_OVERDUE)) == 1
    overdue = [i.subject for i in open_items(story.state) if i.kind is OpenKind.IMPLEMENTATION_OVERDUE]
    assert overdue == ["p1", "r1"]
    assert standings(story) == [AWAITED, AWAITED]  # silence decides nothing


def test_the_other_item_speaks_when_the_first_is_reported(story: Story) -> None:
    reports(story, "p1")
    story.rung_is_reached(R1, RungName.REMINDER)
    assert [x.deadline for x in story.letters(LetterKind.IMPLEMENTATION_REMINDER)] == [R1]


def test_a_report_meets_its_day_and_waits_for_the_monitor(story: Story) -> None:
    reports(story, "p1")
    assert standings(story) == [REPORTED, AWAITED]
    assert story.state.deadlines[P1].status is DeadlineStatus.MET
    judging = [i.subject for i in open_items(story.state) if i.kind is OpenKind.IMPLEMENTATION_NOT_JUDGED]
    assert judging == ["p1"]
    confirmed = story.letter(LetterKind.ANSWER_CONFIRMATION)
    assert confirmed.purpose is Purpose.REPORT_IMPLEMENTATION  # for the item that is left
    reports(story, "r1")
    assert story.letter(LetterKind.ANSWER_CONFIRMATION).purpose is None


def test_the_last_word_is_the_monitor_s(story: Story) -> None:
    reports(story, "p1", "r1")
    judges(story, "p1", Verdict.IMPLEMENTED)
    judges(story, "r1", Verdict.PARTLY_IMPLEMENTED)
    assert standings(story) == [ItemStanding.IMPLEMENTED, ItemStanding.PARTLY_IMPLEMENTED]
    assert not open_items_of(story.state)
    assert [x.purpose for x in story.letters(LetterKind.IMPLEMENTATION_JUDGED)] == [None, None]
    again = story.refused(JudgeImplementation, item="p1", verdict=Verdict.NOT_IMPLEMENTED, reason=HASH)
    assert again == ("item_not_followed", "")


def test_a_new_day_asks_anew(story: Story) -> None:
    later = PLANNED + timedelta(days=90)
    reports(story, "p1", claim=Verdict.PARTLY_IMPLEMENTED)
    judges(story, "p1", Verdict.PARTLY_IMPLEMENTED, due_on=later)
    assert standings(story) == [AWAITED, AWAITED]
    deadline = story.state.deadlines[P1]
    assert (deadline.due_on, deadline.status) == (later, DeadlineStatus.OPEN)
    letter = story.letter(LetterKind.IMPLEMENTATION_JUDGED)
    assert (letter.purpose, letter.deadline) == (Purpose.REPORT_IMPLEMENTATION, P1)
    reports(story, "p1")
    judges(story, "p1", Verdict.IMPLEMENTED)
    assert standings(story) == [ItemStanding.IMPLEMENTED, AWAITED]


def test_what_nobody_reported_may_be_judged_but_not_as_implemented(story: Story) -> None:
    refused = story.refused(JudgeImplementation, item="p1", verdict=Verdict.IMPLEMENTED, reason=HASH)
    assert refused == ("implementation_not_reported", "")
    story.rung_is_reached(P1, RungName.EXPIRED)
    judges(story, "p1", Verdict.NOT_IMPLEMENTED)
    assert standings(story) == [ItemStanding.NOT_IMPLEMENTED, AWAITED]
    assert story.state.deadlines[P1].status is DeadlineStatus.WITHDRAWN


def test_the_day_may_be_extended_like_any_other(story: Story) -> None:
    later = PLANNED + timedelta(days=30)
    story.does(ExtendDeadline, deadline=P1, until=later, reason=HASH)
    assert story.state.deadlines[P1].due_on == story.state.calendar.working_day_from(later)
    told = story.letter(LetterKind.DEADLINE_EXTENDED)
    assert (told.recipient, told.purpose) == (CLINIC.organisation, Purpose.REPORT_IMPLEMENTATION)


@pytest.mark.parametrize(
    ("items", "code"),
    [
        pytest.param((), "nothing_reported", id="nothing"),
        pytest.param(("p1", "p1"), "item_answered_twice", id="twice"),
        pytest.param(("p9",), "item_not_yours", id="unknown"),
    ],
)
def test_a_report_speaks_of_what_its_body_accepted(story: Story, items: tuple[Id, ...], code: str) -> None:
    said = tuple(ItemImplementation(item=item, claim=Verdict.IMPLEMENTED) for item in items)
    refused = story.refused(ReportImplementation, addressee=CLINIC.organisation, items=said, words=HASH)
    assert refused[0] == code


def test_nothing_is_reported_twice_before_it_is_judged(story: Story) -> None:
    reports(story, "p1")
    said = (ItemImplementation(item="p1", claim=Verdict.IMPLEMENTED),)
    refused = story.refused(ReportImplementation, addressee=CLINIC.organisation, items=said, words=HASH)
    assert refused == ("implementation_reported_already", "")


def test_nothing_is_done_on_a_day_that_has_not_come(story: Story) -> None:
    tomorrow = story.today + timedelta(days=1)
    said = (ItemImplementation(item="p1", claim=Verdict.IMPLEMENTED, done_on=tomorrow),)
    refused = story.refused(ReportImplementation, addressee=CLINIC.organisation, items=said, words=HASH)
    assert refused == ("done_in_future", "")


@pytest.mark.parametrize(
    ("verdict", "due_on", "code"),
    [
        pytest.param(Verdict.IMPLEMENTED, PLANNED, "implemented_needs_no_date", id="implemented"),
        pytest.param(Verdict.NOT_IMPLEMENTED, date(2026, 8, 31), "new_date_passed", id="today"),
    ],
)
def test_a_new_day_goes_with_what_is_missing(story: Story, verdict: Verdict, due_on: date, code: str) -> None:
    reports(story, "p1")
    refused = story.refused(JudgeImplementation, item="p1", verdict=verdict, reason=HASH, due_on=due_on)
    assert refused[0] == code


def test_closing_waits_for_none_of_it_and_the_history_goes_on(story: Story) -> None:
    story.does(CloseMonitoring)
    assert open_items_of(story.state)
    reports(story, "p1", "r1")
    story.rung_is_reached(f"follow_up:{story.state.number}", RungName.EXPIRED)
    judges(story, "p1", Verdict.IMPLEMENTED)
    assert not story.state.ended
    judges(story, "r1", Verdict.NOT_IMPLEMENTED)
    assert isinstance(story.entries[-1].event, FollowUpEnded)
    assert story.state.ended


def test_a_follow_up_may_be_given_up_with_a_reason(story: Story) -> None:
    story.does(CloseMonitoring)
    story.does(EndFollowUp, reason=HASH)
    assert standings(story) == [ItemStanding.GIVEN_UP] * 2
    told = story.letters(LetterKind.FOLLOW_UP_ENDED)
    assert [(letter.recipient, letter.purpose) for letter in told] == [(CLINIC.organisation, None)]
    assert {story.state.deadlines[each].status for each in (P1, R1)} == {DeadlineStatus.WITHDRAWN}


def test_a12_a_corrected_report_asks_anew(story: Story) -> None:
    link = story.holder(LetterKind.IMPLEMENTATION_AWAITED)
    story.rung_is_reached(P1, RungName.REMINDER)
    story.does(BeginCorrection, reason=HASH)
    story.submits_report().approves_report()
    assert standings(story) == [ItemStanding.UNANSWERED] * 2
    assert {story.state.deadlines[each].status for each in (P1, R1)} == {DeadlineStatus.WITHDRAWN}
    reminder = story.letter(LetterKind.IMPLEMENTATION_REMINDER)
    assert reminder.status is LetterStatus.WITHDRAWN  # it had not left yet
    said = (ItemImplementation(item="p1", claim=Verdict.IMPLEMENTED),)
    refused = story.refused(ReportImplementation, link, addressee=CLINIC.organisation, items=said, words=HASH)
    assert refused == ("link_superseded", "")


def test_nothing_is_promised_for_a_day_that_nobody_will_see(story: Story) -> None:
    too_far = story.today + timedelta(days=story.state.edition.times.planned_ahead_days + 1)
    judging = JudgeImplementation(
        id="c", actor=ANALYST, item="p1", verdict=Verdict.NOT_IMPLEMENTED, reason=HASH, due_on=too_far
    )
    with pytest.raises(Refused) as refused:
        check_admission(story.state, judging, story.today)
    assert refused.value.code == "planned_too_far_ahead"
