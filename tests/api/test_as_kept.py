"""A state is read from its text once, and never differs from what the text says."""

from activities.record.as_kept import Read, state_as_kept
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


def test_what_is_remembered_is_bounded_by_how_much_it_says() -> None:
    """The one not used longest is forgotten; one that says more than all is read anew, and says the same."""
    state = Story().starts().state
    texts = [state.model_dump_json() + " " * spaces for spaces in (0, 1, 2)]
    read = Read(room=len(texts[0]) + len(texts[1]))
    first, second = read.state_in(texts[0]), read.state_in(texts[1])
    assert read.state_in(texts[0]) is first
    assert read.state_in(texts[2][:-1]) is second, "the same text"
    read.state_in(texts[2])
    assert read.state_in(texts[1]) is not second

    narrow = Read(room=10)
    assert narrow.state_in(texts[0]) == state
    assert narrow.state_in(texts[0]) is not narrow.state_in(texts[0])
