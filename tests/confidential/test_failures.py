"""What an exception says is as confidential as what it was about; an auditor reads it all the same."""

import json
from uuid import uuid4

import pytest
from pydantic import JsonValue
from temporalio import workflow
from temporalio.client import Client, WorkflowFailureError
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from activities.bounds.within import within
from activities.encryption.data_converter import codec_of
from activities.proofs.plain_history import legible, plain
from models.settings.environment import Settings
from tests.waiting import PATIENCE_SECONDS
from workflows.client import connect

WORDS = ("the clerk's own words", "a detail of the case", "the cause beneath", "what the memo says")


@workflow.defn(sandboxed=False)
class Complaining:
    """Ends by a failure with message, details and cause."""

    @workflow.run
    async def run(self) -> None:
        workflow.set_current_details("what is shown now")
        try:
            raise ApplicationError(WORDS[2])
        except ApplicationError as cause:
            raise ApplicationError(WORDS[0], WORDS[1], type="complained") from cause


async def _history(client: Client) -> str:
    queue = f"queue-{uuid4().hex}"
    async with Worker(client, task_queue=queue, workflows=[Complaining]):
        handle = await client.start_workflow(
            Complaining.run, id=queue, task_queue=queue, memo={"memo": WORDS[3]}, static_summary="a summary"
        )
        with pytest.raises(WorkflowFailureError) as failed:
            await within(PATIENCE_SECONDS, handle.result(), "it fails")
    assert isinstance(failed.value.cause, ApplicationError)
    assert failed.value.cause.message == WORDS[0]
    assert list(failed.value.cause.details) == [WORDS[1]]
    return (await handle.fetch_history()).to_json()


async def test_message_details_cause_stack_memo_and_summary_are_sealed_and_readable_again(
    sealing: Settings,
) -> None:
    exported = await _history(await connect(sealing))
    for word in (*WORDS, "a summary", "test_failures.py"):
        assert word not in exported, word
    opened = legible(await plain(exported, codec_of(sealing)))
    for word in (*WORDS, "a summary", "test_failures.py"):
        assert word in opened, word
    failure = _failure(opened)
    assert failure["message"] == WORDS[0]
    assert failure["applicationFailureInfo"] == {"type": "complained", "details": {"payloads": [WORDS[1]]}}
    assert "encodedAttributes" not in opened


def _failure(opened: str) -> dict[str, JsonValue]:
    last = json.loads(opened)["events"][-1]
    failure: dict[str, JsonValue] = last["workflowExecutionFailedEventAttributes"]["failure"]
    return failure


async def test_what_is_no_history_is_refused(sealing: Settings) -> None:
    for written in ("", "[]", '{"events": 7}', '{"events": []}', '{"events": [{"eventId": "x"}]}'):
        with pytest.raises(ValueError, match=r"history|events|Expecting value"):
            await plain(written, codec_of(sealing))
