"""Replaying one history, bounded: the SDK's replayer may wait for ever, also after its cancellation."""

from collections.abc import Sequence
from typing import Final

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter
from temporalio.worker import Replayer

from activities.bounds.within import within

REPLAY_SECONDS: Final = 60.0
_NOT_BY_CODE: Final = frozenset(
    {
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_PAUSED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UNPAUSED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED,
    }
)


async def replay(
    history: WorkflowHistory, workflows: Sequence[type], converter: DataConverter
) -> Exception | None:
    """Why the code does not do what an open or closed run's history says; None when it does."""
    if nothing_done_yet(history):
        return None
    replayer = Replayer(workflows=workflows, data_converter=converter)
    replaying = replayer.replay_workflow(history, raise_on_replay_failure=False)
    outcome = await within(REPLAY_SECONDS, replaying, f"{history.workflow_id} replays")
    return outcome.replay_failure


def nothing_done_yet(history: WorkflowHistory) -> bool:
    """Whether code has done nothing of a history, so that there is nothing to replay.

    The server lets a run wait for its first task that continues one of less than a second. Raises ValueError
    for a history without events.
    """
    if not history.events:
        raise ValueError("a history has events")
    return all(event.event_type in _NOT_BY_CODE for event in history.events)
