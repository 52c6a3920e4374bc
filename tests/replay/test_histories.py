"""The replay gate: what today's code does must be what every kept history says was done.

A workflow of this product lives for months, and a running one is continued by the newest code. Code that
would have acted otherwise at any moment of a kept history freezes running monitorings: it must not land.
"""

import json
import re
from pathlib import Path

import pytest
from pydantic import JsonValue
from temporalio.contrib.pydantic import pydantic_data_converter

from activities.proofs.verification.replaying import replay
from tests.replay.endings import Ending
from tests.replay.histories import FOLDER, KeptHistory, read
from tests.replay.personal import LINK_TOKEN, personal
from workflows import ALL_WORKFLOWS
from workflows.calling import CROWD

HOW = "See docs/changing-workflows.md."
FILES = sorted(FOLDER.glob("*.json"))


def test_histories_are_there() -> None:
    assert FILES, f"{FOLDER.name}/ is empty: run `python -m tests.replay.capture`. {HOW}"


@pytest.mark.parametrize("ending", Ending)
def test_every_ending_has_a_history(ending: Ending) -> None:
    kept = FOLDER / f"{ending.value}.json"
    assert kept.exists(), (
        f"No history of a run that ends as {ending.value}: let a story end as it "
        f"(`await m.ends(Ending.{ending.name})`) and run `python -m tests.replay.capture`. {HOW}"
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_history_tells_of_a_known_ending(file: Path) -> None:
    assert file.stem in set(Ending), (
        f"{file.name} tells of no ending in tests/replay/endings.py: name the ending there, or remove the "
        f"file if nothing that runs or is kept can end so any more. {HOW}"
    )


@pytest.mark.parametrize("workflow", ALL_WORKFLOWS, ids=lambda workflow: workflow.__name__)
def test_every_workflow_has_a_history(workflow: type) -> None:
    assert workflow.__name__ in {read(file).workflow for file in FILES}, (
        f"No kept history is of {workflow.__name__}: a change of it could not be noticed here. Add an ending "
        f"of it to tests/replay/endings.py and a story that ends so. {HOW}"
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_the_code_does_what_the_history_says(file: Path) -> None:
    failure = await replay(read(file).history(), ALL_WORKFLOWS, pydantic_data_converter)
    assert failure is None, (
        f"Today's code does not do what {file.name} says was done, so running monitorings would freeze: "
        f"{failure} Keep the old way behind `workflow.patched(...)`. {HOW}"
    )


async def test_the_gate_notices_another_order(tmp_path: Path) -> None:
    """A gate that lets everything through would be none."""
    kept = read(FOLDER / f"{Ending.CANCELLED.value}.json")
    scheduled = [e for e in kept.events if "activityTaskScheduledEventAttributes" in e]
    changed = kept.model_dump_json().replace('{"name":"record"}', '{"name":"another"}', 1)
    assert scheduled
    other = KeptHistory.model_validate_json(changed)
    assert await replay(other.history(), ALL_WORKFLOWS, pydantic_data_converter) is not None


@pytest.mark.parametrize("ending", [Ending.CANCELLED, Ending.CORRECTED])
async def test_which_letters_leave_first_is_no_part_of_what_was_done(ending: Ending) -> None:
    """Letters in a crowd leave after those of individual matters; runs from before said otherwise."""
    kept = read(FOLDER / f"{ending.value}.json")
    after: dict[str, JsonValue] = {"priorityKey": 5}
    changed = [_with(event, after) if "send_letter" in json.dumps(event) else event for event in kept.events]
    assert sum(event != before for event, before in zip(changed, kept.events, strict=True)) > CROWD
    other = kept.model_copy(update={"events": changed})
    assert await replay(other.history(), ALL_WORKFLOWS, pydantic_data_converter) is None


def _with(event: dict[str, JsonValue], priority: dict[str, JsonValue]) -> dict[str, JsonValue]:
    match event:
        case {"activityTaskScheduledEventAttributes": dict(scheduled), **rest}:
            return rest | {"activityTaskScheduledEventAttributes": scheduled | {"priority": priority}}
        case _:
            return event


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_history_holds_ids_and_hashes_only(file: Path) -> None:
    """Histories are read by operators and kept for years: no person, address, text or link is in them."""
    said = "\n".join(read(file).said())
    found = {word for word in personal() if word in said}
    assert not found, f"{file.name} holds {sorted(found)}: pass an id or a hash instead. {HOW}"
    assert not LINK_TOKEN.search(said)
    assert not re.search(r"[\w.+-]+@(?!example\.kz\b)[\w-]+\.\w+", said), "an e-mail address"
    assert not re.search(r'"\d+@', said), "the name of a process and its machine"
    assert 'File \\"/' not in said, f"{file.name} holds a stack trace: capture it from a run without a fault"
