"""A monitoring that nobody touches is reminded of after the term of its stage, and never called a breach."""

from datetime import date, timedelta

import pytest

from models.commands import BeginCollection, CancelMonitoring, SubmitToCouncil
from models.events import MonitoringRested
from models.monitoring.resting import rest_due, rest_due_at, rests_since
from models.monitoring.time import next_moment, what_time_brings
from models.vocabulary.bodies import Body
from models.vocabulary.editions import FOUNDED_WITH, ORDER_192, StageTerms
from models.vocabulary.letters import LetterKind, RecipientKind
from models.vocabulary.procedure import Stage
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import AB, ANALYST, CLINIC, DIVISION, FIRST_DAY, HASH, NGO, TO_AB, to

TOLD = LetterKind.MONITORING_RESTED
ANALYST_OF_IT = (ANALYST.account, RecipientKind.ACCOUNT)
AUTHORIZED_BODY = (AB.organisation, RecipientKind.HEAD)
HEAD_OF_IT = (DIVISION.organisation, RecipientKind.HEAD)
TERMS = FOUNDED_WITH.times.stages


def begun(conductor: Body = DIVISION) -> Story:
    return Story(FOUNDED_WITH).starts(conductor)


def rests(story: Story, terms: int = 1) -> list[tuple[str | None, RecipientKind]]:
    """So many terms go by, each reminded of; to whom the last reminder went."""
    for _ in range(terms):
        due_at = rest_due_at(story.state)
        assert due_at is not None
        story.today = story.calendar.local_date(due_at)
        before = len(story.letters(TOLD))
        story.happens(*what_time_brings(story.state, due_at, tells_lapses=lambda _: True))
    return [(letter.recipient, letter.recipient_kind) for letter in story.letters(TOLD)[before:]]


def reminders(story: Story) -> list[MonitoringRested]:
    return [entry.event for entry in story.entries if isinstance(entry.event, MonitoringRested)]


def test_the_term_of_the_stage_counts_from_the_last_act() -> None:
    story = begun()
    assert rests_since(story.state) == FIRST_DAY
    due_at = rest_due_at(story.state)
    assert due_at == story.calendar.opening(story.calendar.add_working_days(FIRST_DAY, TERMS.planned or 0))
    assert next_moment(story.state) == due_at
    assert rest_due(story.state, due_at - timedelta(minutes=1)) == ()
    story.days_pass(7)
    story.does(BeginCollection, began_on=story.today)
    assert rests_since(story.state) == story.today
    collecting = story.calendar.add_working_days(story.today, TERMS.collecting or 0)
    assert rest_due_at(story.state) == story.calendar.opening(collecting)


def test_rule_18_the_lead_is_reminded_first_and_the_authorized_body_the_second_time() -> None:
    story = begun()
    assert rests(story) == [ANALYST_OF_IT]
    assert rests(story) == [ANALYST_OF_IT, AUTHORIZED_BODY]
    assert rests(story) == [ANALYST_OF_IT, AUTHORIZED_BODY]
    assert [(each.stage, each.since, each.reminder) for each in reminders(story)] == [
        (Stage.PLANNED, FIRST_DAY, number) for number in (1, 2, 3)
    ]


def test_rule_14_what_an_other_subject_has_not_approved_is_its_own_matter() -> None:
    story = begun(NGO)
    assert rests(story, 2) == [ANALYST_OF_IT]


def test_rule_17_an_approved_report_of_an_other_subject_is_awaited_by_the_authorized_body() -> None:
    story = begun(NGO).has_approved_report()
    assert story.state.stage is Stage.APPROVED
    assert rests(story, 2) == [ANALYST_OF_IT, AUTHORIZED_BODY]


def test_a_head_whose_word_is_awaited_is_reminded_too() -> None:
    story = begun().conducts().submits_report()
    assert rests(story) == [ANALYST_OF_IT, HEAD_OF_IT]


def test_the_authorized_body_s_own_head_is_reminded_once_in_a_letter() -> None:
    story = begun(AB).conducts().submits_report()
    assert rests(story, 2) == [ANALYST_OF_IT, AUTHORIZED_BODY]


def test_after_an_outage_one_reminder_says_how_many_terms_passed() -> None:
    story = begun()
    late = story.calendar.add_working_days(FIRST_DAY, 3 * (TERMS.planned or 0) + 1)
    story.today = late
    story.happens(*what_time_brings(story.state, story.now, tells_lapses=lambda _: True))
    (reminder,) = reminders(story)
    assert reminder.reminder == 3
    assert what_time_brings(story.state, story.now, tells_lapses=lambda _: True) == ()


def test_whoever_acts_begins_the_term_anew() -> None:
    story = begun()
    rests(story, 2)
    story.does(BeginCollection, began_on=story.today)
    assert (story.state.rest_reminders, rests_since(story.state)) == (0, story.today)


def test_what_waits_for_a_day_ahead_does_not_rest() -> None:
    story = begun().has_approved_report()
    story.dispatches(to(CLINIC, reply_by=story.today + timedelta(days=60)), TO_AB)
    story.post_takes_letters()
    due_on = max(deadline.due_on for deadline in story.state.deadlines.values())
    assert due_on > story.today
    assert rests_since(story.state) == due_on
    meeting = story.now + timedelta(days=90)
    story.does(SubmitToCouncil, item="c1", council="council", meeting_at=meeting)
    assert rests_since(story.state) == story.calendar.local_date(meeting)


def test_a_stage_reached_by_itself_has_its_term_from_that_day() -> None:
    """The last letter left: nobody acted, and yet it moved."""
    story = begun().has_approved_report()
    story.dispatches(to(CLINIC), TO_AB)
    story.days_pass(4)
    story.post_takes_letters()
    assert story.state.stage is Stage.DISPATCHED
    assert rests_since(story.state) == story.today


def test_a_cancelled_monitoring_rests_in_peace() -> None:
    story = begun()
    story.does(CancelMonitoring, reason=HASH)
    assert rest_due_at(story.state) is None
    assert rest_due(story.state, story.now + timedelta(days=400)) == ()


@pytest.mark.parametrize("stages", [StageTerms(), StageTerms(drafting=5)])
def test_a_stage_without_a_term_is_reminded_of_by_nobody(stages: StageTerms) -> None:
    times = ORDER_192.times.model_copy(update={"stages": stages})
    story = Story(ORDER_192.model_copy(update={"times": times})).starts()
    assert rest_due_at(story.state) is None
    assert (rests_since(story.state) is None) is (stages == StageTerms())


def test_editions_stored_before_know_no_terms_of_stages() -> None:
    assert ORDER_192.times.stages == StageTerms()
    assert TERMS.of(Stage.CLOSED) is None
    assert isinstance(rests_since(begun().state), date)
