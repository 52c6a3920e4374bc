"""A bundle whose entries an older release wrote: with fewer fields than today's events have."""

from pathlib import Path

import pytest

from models.events import LetterSent
from models.proof.bundle import JournalLine
from tests.bundle.conftest import Kept
from tests.bundle.forger import Forger, forger_of, verdict

pytestmark = pytest.mark.xdist_group("bundle")


def as_written_before(line: JournalLine) -> JournalLine:
    """Without everything that is filled in by default when it is missing."""
    event, actor = dict(line.written["event"]), dict(line.written["actor"])  # type: ignore[call-overload]
    of_event = {name: field for name, field in type(line.entry.event).model_fields.items() if name != "type"}
    for written, fields in ((event, of_event), (actor, type(line.entry.actor).model_fields)):
        for name, field in fields.items():
            if not field.is_required() and name in written and written[name] == field.default:
                del written[name]
    return line.model_copy(update={"written": line.written | {"event": event, "actor": actor}})


def aged(kept: Kept) -> Forger:
    """The bundle as it would be if its journal had been written before those fields were."""
    forger = forger_of(kept.content)
    before = forger.lines
    after = [as_written_before(line) for line in before]
    assert (
        sum(one.written != other.written for one, other in zip(before, after, strict=True)) > len(after) / 2
    )
    assert [line.entry for line in before] == [line.entry for line in after]
    forger.rewrite_journal(after)
    return forger


async def test_entries_of_an_older_release_verify(each: Kept, tmp_path: Path) -> None:
    """Hashed as they were written, folded as they are understood today."""
    assert await verdict(aged(each).seal(), tmp_path) is None


async def test_a_field_slipped_into_an_older_entry_is_noticed(kept: Kept, tmp_path: Path) -> None:
    """Today's models would read both alike; the chain is over what stands there."""
    forger = aged(kept)
    lines = forger.lines
    at = next(i for i, line in enumerate(lines) if isinstance(line.entry.event, LetterSent))
    event = dict(lines[at].written["event"])  # type: ignore[call-overload]
    fuller = lines[at].entry.event.model_dump(mode="json") | {"unheard_of": True}
    assert fuller != event
    forger.replace_line(at, lines[at].model_copy(update={"written": lines[at].written | {"event": fuller}}))
    wrong = await verdict(forger.seal(), tmp_path)
    assert wrong is not None
    assert wrong.element.endswith(f"entry {at + 1}"), str(wrong)
