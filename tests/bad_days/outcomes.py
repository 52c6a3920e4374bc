"""What a caller sees on a bad day, and what an operator does about it."""

import asyncio
from datetime import timedelta

from google.protobuf.field_mask_pb2 import FieldMask
from temporalio.api.activity.v1 import ActivityOptions
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import PendingActivityState
from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.api.workflowservice.v1 import UpdateActivityOptionsRequest
from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError, RPCStatusCode

from models.commands.command import Command
from models.commands.receipt import Receipt
from tests.workflows.evidence import Evidence
from tests.workflows.running import Running, code_of
from workflows.calling import ActivityName

_RUNNING = PendingActivityState.PENDING_ACTIVITY_STATE_STARTED


async def is_unknown(m: Running, command: Command, within: float = 1.0) -> bool:
    """Whether no answer comes in time: the command may have happened or may happen yet."""
    try:
        await m.obeys(command, within)
    except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError):
        return True
    return False


async def answer(m: Running, command: Command) -> Receipt | str:
    """The receipt, or the code of the refusal."""
    try:
        return await m.obeys(command, within=60)
    except WorkflowUpdateFailedError as refused:
        return code_of(refused)


async def answers_to(m: Running, commands: list[Command]) -> list[Receipt | str]:
    """The answers to commands that were sent all at once."""
    return await asyncio.gather(*(answer(m, command) for command in commands))


async def under_way(m: Evidence, activity: ActivityName) -> bool:
    """Whether a worker has taken an activity of this name and not finished it."""
    return any(a.activity_type.name == activity.value and a.state == _RUNNING for a in await _pending(m))


async def dead_attempts_are_given_up(m: Evidence, once: timedelta = timedelta(seconds=1)) -> None:
    """What a dead worker took is tried again when its time is over; an operator need not wait for that."""
    for name in {a.activity_type.name for a in await _pending(m) if a.state == _RUNNING}:
        try:
            await may_take(m, ActivityName(name), once=once)
        except RPCError as error:  # a living worker's, finished since it was looked at
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise


async def may_take(
    m: Evidence, activity: ActivityName, *, once: timedelta | None = None, in_all: timedelta | None = None
) -> None:
    """Change how long pending activities may take, as `temporal activity update-options` does."""
    options, paths = ActivityOptions(), []
    if once is not None:
        options.start_to_close_timeout.FromTimedelta(once)
        paths.append("start_to_close_timeout")
    if in_all is not None:
        options.schedule_to_close_timeout.FromTimedelta(in_all)
        paths.append("schedule_to_close_timeout")
    await m.theatre.client.workflow_service.update_activity_options(
        UpdateActivityOptionsRequest(
            namespace=m.theatre.client.namespace,
            execution=WorkflowExecution(workflow_id=m.handle.id),
            type=activity.value,
            activity_options=options,
            update_mask=FieldMask(paths=paths),
        )
    )


async def _pending(m: Evidence) -> list[PendingActivityInfo]:
    description = await m.handle.describe()
    return list(description.raw_description.pending_activities)
