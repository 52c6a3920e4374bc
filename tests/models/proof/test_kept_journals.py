"""Journals as running proceedings wrote them: each folds, is told, and names what it pinned."""

import json
from itertools import chain
from pathlib import Path

import pytest

from models.events import Entry
from models.proof.histories import events_of, last_event_id, record_orders
from models.proof.journals import JOURNALS, kind_of_journal
from models.proof.references import documents_of, files_of, frozen_of, notes_of, pins_of, received_of
from models.timeline.lines import timeline
from tests.replay.histories import FOLDER, read

KEPT = sorted(FOLDER.glob("*.json"))


def journal(path: Path) -> tuple[str, tuple[Entry, ...]]:
    """The mark a proceeding is filed under, and the entries its history orders to record."""
    orders = list(record_orders(json.dumps({"events": read(path).events})))
    return (
        read(path).workflow_id,
        tuple(chain.from_iterable(order.entries for order in orders)),
    )


JOURNALS_KEPT = [path for path in KEPT if read(path).workflow_id.partition("/")[0] in JOURNALS]
BEGINNING = [path for path in JOURNALS_KEPT if journal(path)[1] and journal(path)[1][0].seq == 1]


@pytest.mark.parametrize("path", BEGINNING, ids=lambda path: path.stem)
def test_a_kept_journal_folds_and_every_line_is_told(path: Path) -> None:
    workflow_id, entries = journal(path)
    kind = kind_of_journal(workflow_id)
    state = kind.fold(entries)
    assert isinstance(state, kind.state)
    read_again = timeline(entries, kind)
    assert read_again.state == state
    assert read_again.broken_at is None
    assert [line.seq for line in read_again.lines] == [entry.seq for entry in entries]
    for line in read_again.lines:
        assert line.follows is None or line.follows < line.seq
        read_again.told(line)


@pytest.mark.parametrize("path", BEGINNING, ids=lambda path: path.stem)
def test_what_a_line_pins_and_refers_to_is_what_its_entry_names(path: Path) -> None:
    workflow_id, entries = journal(path)
    for line in timeline(entries, kind_of_journal(workflow_id)).lines:
        pinned = {pin.sha256 for pin in line.pins}
        named = {*frozen_of(line.entry), *files_of(line.entry)}
        named |= {document.sha256 for document in documents_of(line.entry)}
        assert pinned == named
        assert {text.sha256 for text in line.texts} == set(notes_of(line.entry))
        received = {report.content for report in received_of(line.entry)}
        assert {pin.sha256 for pin in pins_of(line.entry)} | received == set(frozen_of(line.entry))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_the_last_event_of_a_history_has_its_number(path: Path) -> None:
    assert last_event_id(json.dumps({"events": read(path).events})) == len(read(path).events)


@pytest.mark.parametrize("text", ['{"events": []}', '{"events": {}}', "[]", "no history"])
def test_what_is_no_history_is_said_to_be_none(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        events_of(text)
