"""What time brings a monitoring (docs/architecture.md, Time): in order, each once; who is told of a lapse."""

from datetime import timedelta

import pytest

from models.commands import CloseMonitoring
from models.events import FollowUpEnded, RungReached
from models.monitoring.time import next_moment, what_time_brings
from models.vocabulary.ladders import RungName
from tests.models.monitoring.monitorings import BEFORE_RECEIPTS, Story


def _never_asked(_: int) -> bool:
    raise AssertionError("nobody let a day pass: the workflow is not asked, which would leave a mark")


def test_before_a_day_has_passed_nobody_is_asked_whether_lapses_are_told() -> None:
    story = Story().starts().creates_working_group()
    (invitation, *_) = story.state.deadlines.values()
    assert next_moment(story.state) is not None
    last_day = story.calendar.opening(invitation.due_on)
    brought = what_time_brings(story.state, last_day, _never_asked)
    assert {event.rung for event in brought if isinstance(event, RungReached)} == {
        RungName.REMINDER,
        RungName.LAST_CALL,
    }


@pytest.mark.parametrize("told", [True, False])
def test_after_an_outage_a_lapse_is_heard_once_and_told_where_lapses_are_told(told: bool) -> None:
    story = Story().starts().creates_working_group()
    much_later = story.now + timedelta(days=60)
    asked: list[int] = []

    def tells(passage: int) -> bool:
        asked.append(passage)
        return told

    brought = what_time_brings(story.state, much_later, tells)
    assert len(asked) == len(story.state.deadlines), "once a deadline: of its rungs one is heard"
    assert asked == sorted(set(asked)), "each time under the journal's number of then"
    reached = [event for event in brought if isinstance(event, RungReached)]
    assert [event.was_due_at for event in reached] == sorted(event.was_due_at for event in reached)
    assert {(event.silent, event.lapse_told) for event in reached} == {(True, False), (False, told)}
    story.happens(*brought)
    assert what_time_brings(story.state, much_later, tells) == ()
    assert next_moment(story.state) is None


def test_the_follow_up_ends_with_its_own_time() -> None:
    story = Story(BEFORE_RECEIPTS).starts().has_approved_report().is_dispatched()
    story.does(CloseMonitoring)
    over = next_moment(story.state)
    assert over is not None
    assert what_time_brings(story.state, over - timedelta(minutes=1), _never_asked) == ()
    brought = what_time_brings(story.state, over, lambda _: True)
    assert [type(event) for event in brought] == [RungReached, FollowUpEnded]
    story.happens(*brought)
    assert story.state.ended
    assert next_moment(story.state) is None
