"""The chain of hashes: a line changed, missing, moved or added shows, and is named."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.events import Entry
from models.proof.chain import BEGINNING, Head, PrintedHead, entry_hash, line_hash, read_head
from models.timeline.check import (
    Element,
    Fault,
    RecordedLine,
    check_chain,
    check_fold,
    check_states,
)
from models.vocabulary.procedure import Stage
from tests.models.monitoring.monitorings import Story

WORKFLOW = "monitoring/2026-SARY-0001"
STORY = Story().starts().has_approved_report().is_dispatched()


def recorded(entries: list[Entry]) -> list[RecordedLine]:
    lines: list[RecordedLine] = []
    previous = BEGINNING
    for entry in entries:
        own = entry_hash(previous, WORKFLOW, entry)
        written = entry.model_dump(mode="json")
        lines.append(
            RecordedLine(seq=entry.seq, written=written, entry=entry, previous_hash=previous, hash=own)
        )
        previous = own
    return lines


LINES = recorded(STORY.entries)
HEAD = Head(seq=len(LINES), hash=LINES[-1].hash)


def test_an_untouched_chain_is_whole() -> None:
    assert check_chain(WORKFLOW, LINES, HEAD) is None
    assert check_fold(LINES, STORY.state) is None
    for before, line in pairwise(LINES):
        assert line.previous_hash == before.hash


@pytest.mark.parametrize("at", range(len(LINES)))
def test_any_line_taken_out_is_named(at: int) -> None:
    left = LINES[:at] + LINES[at + 1 :]
    found = check_chain(WORKFLOW, left, HEAD)
    assert found is not None
    assert found.line == at + 1
    assert found.fault is (Fault.HEAD_DIFFERS if at == len(LINES) - 1 else Fault.MISSING)


@pytest.mark.parametrize("at", range(len(LINES)))
def test_any_changed_line_is_named(at: int) -> None:
    changed = LINES[at].model_copy(update={"written": {**LINES[at].written, "command": "another"}})
    found = check_chain(WORKFLOW, [*LINES[:at], changed, *LINES[at + 1 :]], HEAD)
    assert found == Element(fault=Fault.CHANGED, line=at + 1)


@pytest.mark.parametrize("at", range(len(LINES) - 1))
def test_two_lines_that_changed_places_are_named(at: int) -> None:
    swapped = [*LINES[:at], LINES[at + 1], LINES[at], *LINES[at + 2 :]]
    found = check_chain(WORKFLOW, swapped, HEAD)
    assert found == Element(fault=Fault.MISSING, line=at + 1)


def test_a_line_hashed_anew_is_betrayed_by_the_next_one_and_a_whole_chain_by_its_head() -> None:
    entry = STORY.entries[3]
    forged = entry.model_copy(update={"command": "another"})
    line = recorded([*STORY.entries[:3], forged])[3]
    found = check_chain(WORKFLOW, [*LINES[:3], line, *LINES[4:]], HEAD)
    assert found == Element(fault=Fault.NOT_LINKED, line=5)
    whole = recorded([*STORY.entries[:3], forged, *STORY.entries[4:]])
    assert check_chain(WORKFLOW, whole, HEAD) == Element(fault=Fault.HEAD_DIFFERS, line=len(LINES))


def test_a_line_added_after_the_head_is_named() -> None:
    more = recorded([*STORY.entries, STORY.entries[-1].model_copy(update={"seq": len(LINES) + 1})])
    assert check_chain(WORKFLOW, more, HEAD) == Element(fault=Fault.HEAD_DIFFERS, line=len(LINES) + 1)


def test_an_unreadable_line_is_named() -> None:
    broken = LINES[2].model_copy(update={"entry": None})
    lines = [*LINES[:2], broken, *LINES[3:]]
    assert check_chain(WORKFLOW, lines, HEAD) == Element(fault=Fault.UNREADABLE, line=3)
    assert check_fold(lines, STORY.state) == Element(fault=Fault.UNREADABLE, line=3)


def test_a_projection_that_says_something_else_is_named_by_its_field() -> None:
    other = STORY.state.model_copy(update={"stage": Stage.CLOSED})
    assert check_fold(LINES, other) == Element(fault=Fault.STATE_DIFFERS, field="stage")
    assert check_states(STORY.state, STORY.state) is None


def test_an_old_line_keeps_its_hash_when_events_gain_fields() -> None:
    """The hash is over what was written then, not over what today's models would write."""
    old = {**LINES[0].written, "event": {"type": "monitoring_started", "as": "it was"}}
    own = line_hash(BEGINNING, WORKFLOW, old)
    from_then = RecordedLine(seq=1, written=old, entry=LINES[0].entry, previous_hash=BEGINNING, hash=own)
    assert check_chain(WORKFLOW, [from_then], Head(seq=1, hash=own)) is None


@given(seq=st.integers(1, 10**9 - 1), digits=st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_printed_head_is_read_back(seq: int, digits: str) -> None:
    head = Head(seq=seq, hash=digits)
    assert read_head(f" {head.whole.upper()}\n") == PrintedHead(seq=seq, digits=digits)
    assert read_head(head.short) == PrintedHead(seq=seq, digits=digits[:16])


@pytest.mark.parametrize(
    "text", ["", "57", "57:", "0:0123456789abcdef", "57:0123", "x:0123456789abcdef", "٣:" + "a" * 16]
)
def test_anything_else_is_no_head(text: str) -> None:
    assert read_head(text) is None
