"""A state is read from its text once, and never differs from what the text says."""

from models.monitoring.as_kept import state_as_kept
from models.monitoring.state import MonitoringState
from tests.models.monitoring.monitorings import Story


def test_the_same_text_is_the_same_state_and_another_text_another_one() -> None:
    story = Story().starts()
    early = story.state.model_dump_json()
    later = story.has_approved_report().state.model_dump_json()
    assert state_as_kept(early) is state_as_kept(str(early))
    for written in (early, later):
        assert state_as_kept(written) == MonitoringState.model_validate_json(written)
    assert state_as_kept(early).stage is not state_as_kept(later).stage


def test_a_state_that_says_much_is_read_anew() -> None:
    """What is remembered stays small, and says the same."""
    state = Story().starts().state
    long = state.model_dump_json() + " " * 100_000
    assert state_as_kept(long) == state
    assert state_as_kept(long) is not state_as_kept(long)
