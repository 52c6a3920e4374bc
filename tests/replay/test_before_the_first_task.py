"""A run that waits for its first task: no code has run, so there is nothing to replay, and nobody waits.

The server puts the first task of a run off that continues one of less than a second. A read, a bundle or a
story that comes in that moment meets a history without any task.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import uuid4

import pytest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from activities.proofs.bundle.histories import fetched
from activities.proofs.verification.histories import replay_failure
from activities.proofs.verification.replaying import nothing_done_yet, replay
from models.consolidation.notices import ConsolidationInput
from tests.replay.endings import Ending
from tests.replay.histories import FOLDER, KeptHistory, read
from workflows import ALL_WORKFLOWS, ConsolidationWorkflow

KEPT: Final = read(FOLDER / f"{Ending.REVIEW_ROUND_OVER.value}.json")


def with_events(*events: Mapping[str, object]) -> KeptHistory:
    return KeptHistory.model_validate({**KEPT.model_dump(), "events": events})


def signalled() -> dict[str, object]:
    attributes = {"signalName": "hear", "identity": "somebody"}
    return {
        "eventId": "2",
        "eventTime": KEPT.events[0]["eventTime"],
        "eventType": "EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED",
        "workflowExecutionSignaledEventAttributes": attributes,
    }


@pytest.mark.parametrize("events", [(), (signalled(),)], ids=["alone", "signalled"])
async def test_there_is_nothing_to_replay(events: tuple[dict[str, object], ...]) -> None:
    waiting = with_events(dict(KEPT.events[0]), *events)
    assert await replay(waiting.history(), ALL_WORKFLOWS, pydantic_data_converter) is None
    history = json.dumps({"events": waiting.events})
    assert await replay_failure(KEPT.workflow_id, history, ALL_WORKFLOWS) is None


async def test_as_the_server_gives_it(temporal_address: str) -> None:
    client = await Client.connect(temporal_address, data_converter=pydantic_data_converter)
    workflow_id = f"consolidation/{uuid4().hex}"
    given = ConsolidationInput.model_validate_json(json.dumps({"mark": "18-UO"}))
    await client.start_workflow(
        ConsolidationWorkflow.run,
        given,
        id=workflow_id,
        task_queue=workflow_id,
        start_delay=timedelta(hours=1),
    )
    run = await fetched(client, workflow_id)
    assert len(json.loads(run.history)["events"]) == 1
    assert await replay_failure(workflow_id, run.history, ALL_WORKFLOWS) is None
    await client.get_workflow_handle(workflow_id).terminate()


def test_what_misses_its_tasks_is_judged_all_the_same() -> None:
    """Only what no code has done is left out: what was done without a task is no history of ours."""
    assert not nothing_done_yet(KEPT.history())
    without = [dict(event) for event in KEPT.events if "WORKFLOW_TASK" not in str(event["eventType"])]
    assert not nothing_done_yet(with_events(*without).history())
