"""A12: a corrected report takes no time away that an addressee was granted."""

from datetime import date, timedelta

import pytest

from models.agenda.deadline import Deadline, DeadlineStatus
from models.commands import ApproveReport, BeginCorrection, ExtendDeadline, PauseDeadline
from models.monitoring.fold import fold
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import CLINIC, HASH, HEAD, to

REPLY = f"reply:{CLINIC.organisation}"


def sent(story: Story) -> date:
    """The report is sent; the clinic is asked to answer by a day."""
    asked = story.today + timedelta(days=14)
    story.dispatches(to(CLINIC, reply_by=asked))
    story.post_takes_letters()
    return held(story).due_on


def held(story: Story) -> Deadline:
    return story.state.deadlines[REPLY]


def corrected(story: Story, *, stand: bool = True) -> None:
    story.does(BeginCorrection, reason=HASH)
    story.submits_report()
    story.does(ApproveReport, HEAD, version=2, once_each=True, terms_stand=stand)
    assert fold(story.entries) == story.state


@pytest.fixture
def story() -> Story:
    return Story().starts().has_approved_report()


def test_a12_an_extended_term_outlasts_a_correction(story: Story) -> None:
    until = sent(story) + timedelta(days=14)
    story.does(ExtendDeadline, deadline=REPLY, until=until, reason=HASH)
    extended = held(story)
    corrected(story)
    assert held(story) == extended


def test_a12_a_paused_term_stays_paused(story: Story) -> None:
    sent(story)
    story.does(PauseDeadline, deadline=REPLY, reason=HASH)
    paused = held(story)
    corrected(story)
    assert held(story) == paused
    assert paused.status is DeadlineStatus.PAUSED


def test_a12_a_term_nobody_extended_is_asked_for_as_before(story: Story) -> None:
    asked = sent(story)
    corrected(story)
    assert held(story).due_on == asked
    assert held(story).status is DeadlineStatus.OPEN


def test_histories_without_the_word_replay_as_they_were(story: Story) -> None:
    asked = sent(story)
    story.does(ExtendDeadline, deadline=REPLY, until=asked + timedelta(days=14), reason=HASH)
    corrected(story, stand=False)
    assert held(story).due_on == asked
