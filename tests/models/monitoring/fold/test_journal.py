"""The journal and its fold: order, repetition, memory, plain data."""

import pytest

from models.commands import CancelMonitoring, CloseMonitoring, EndFollowUp
from models.monitoring.fold import BrokenJournal, apply, fold
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Id
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import ANALYST, HASH, NGO


@pytest.fixture(params=["division", "other subject"])
def story(request: pytest.FixtureRequest) -> Story:
    """A monitoring from its start to the end of its follow-up."""
    whole = Story().starts() if request.param == "division" else Story().starts(NGO)
    whole.has_approved_report().is_dispatched()
    whole.does(CloseMonitoring)
    whole.does(EndFollowUp, reason=HASH)
    return whole


def test_the_state_is_the_fold_of_the_journal(story: Story) -> None:
    assert fold(story.entries) == story.state


def test_a_fold_goes_on_from_any_state(story: Story) -> None:
    for cut in range(1, len(story.entries)):
        before = fold(story.entries[:cut])
        assert fold(story.entries[cut:], before) == story.state


def test_the_state_is_plain_data(story: Story) -> None:
    for cut in range(1, len(story.entries) + 1):
        state = fold(story.entries[:cut])
        assert state is not None
        assert MonitoringState.model_validate_json(state.model_dump_json()) == state


def test_no_entries_are_no_monitoring() -> None:
    assert fold([]) is None


def test_a_gap_breaks_the_journal(story: Story) -> None:
    with pytest.raises(BrokenJournal, match="entry 3 where 2 was expected"):
        fold([story.entries[0], story.entries[2]])


def test_a_repeated_entry_breaks_the_journal(story: Story) -> None:
    first, second = story.entries[:2]
    with pytest.raises(BrokenJournal, match="entry 2 where 3 was expected"):
        fold([first, second, second])


def test_a_journal_begins_with_a_start_and_has_one(story: Story) -> None:
    first, second = story.entries[:2]
    with pytest.raises(BrokenJournal, match="begins"):
        apply(None, second)
    with pytest.raises(BrokenJournal, match="once"):
        apply(story.state, first.model_copy(update={"seq": story.state.seq + 1}))


def test_obeyed_commands_are_remembered_once_each(story: Story) -> None:
    given = [entry.command for entry in story.entries if entry.command]
    assert list(story.state.commands) == list(dict.fromkeys(given))


def test_a_command_that_is_sent_twice_happens_once() -> None:
    story = Story().starts()
    command = CancelMonitoring(id="same", actor=ANALYST, reason=HASH)
    assert len(story.obeys(command)) == 1
    assert story.obeys(command) == ()


def test_only_the_last_commands_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.proceeding.fold.RECENT_COMMANDS", 2)
    story = Story().starts().begins_collection()
    begun: Id = story.state.commands[-1]
    story.creates_working_group()
    assert len(story.state.commands) == 2
    assert story.state.commands[0] == begun
