"""The one function that sends a command to its monitoring. Six fates, none of them an exception.

What is easy to get wrong is written down in the tests: a timed-out update may still happen later, so the
outcome is unknown and only the same id may be sent again; the SDK reports its own time limit and every
cancellation as `WorkflowUpdateRPCTimeoutOrCancelledError`, and a genuine cancellation must stay one: `within`
sees to that.
"""

import asyncio
import random
from datetime import timedelta
from enum import StrEnum
from typing import Final

from opentelemetry.trace import SpanKind
from temporalio.client import (
    Client,
    WorkflowHandle,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.bounds.within import within
from activities.observing.tracing import span
from api.commands.addressed import Addressed, AnyReceipt, R
from models.commands import command_name
from models.commands.command import Command
from models.vocabulary.base import Model
from models.vocabulary.refusal import Refusal

RPC_TIMEOUT: Final = timedelta(seconds=5)  # above 20 s the SDK's own limit never fires
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 0.8
_LOST_IN_HANDOVER: Final = "AcceptedUpdateCompletedWorkflow"


class Fate(StrEnum):
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"  # no answer in time: it may have happened or may happen yet
    CLOSED = "closed"  # the workflow has ended, or never was
    BUSY = "busy"  # too many at once, nothing happened
    UNAVAILABLE = "unavailable"  # Temporal does not answer, nothing happened
    UNDER_REPAIR = "under_repair"  # its stores disagree after a restore, nothing happened
    TAKEN = "taken"  # the number of a start is another monitoring's: its counter was set back
    BROKEN = "broken"  # a fault of the product in a handler


class Outcome(Model):
    """What became of a command."""

    fate: Fate
    receipt: AnyReceipt | None = None
    refusals: tuple[Refusal, ...] = ()


async def send_command(client: Client, to: Addressed[R], command: Command, budget: float) -> Outcome:
    """Send a command and wait for its outcome, at most `budget` seconds. The command's id makes it once."""
    handle: WorkflowHandle[object, object] = client.get_workflow_handle(to.workflow_id)
    try:
        sent = _until_not_busy(handle, command, to.receipt)
        name = f"update {command_name(type(command))}"
        with span(name, SpanKind.CLIENT, workflow_id=to.workflow_id, command_id=command.id):
            return await within(budget, sent, f"{to.workflow_id} answers {command.id}")
    except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError):
        return Outcome(fate=Fate.UNKNOWN)


async def _until_not_busy(
    handle: WorkflowHandle[object, object],
    command: Command,
    receipt: type[AnyReceipt],
) -> Outcome:
    pause = _FIRST_PAUSE
    while (outcome := await _once(handle, command, receipt)).fate is Fate.BUSY:
        await asyncio.sleep(random.uniform(pause / 2, pause))
        pause = min(2 * pause, _LONGEST_PAUSE)
    return outcome


async def _once(
    handle: WorkflowHandle[object, object],
    command: Command,
    receipt: type[AnyReceipt],
) -> Outcome:
    try:
        done = await handle.execute_update(
            command_name(type(command)),
            command,
            id=command.id,
            result_type=receipt,
            rpc_timeout=RPC_TIMEOUT,
        )
        return Outcome(fate=Fate.DONE, receipt=done)
    except WorkflowUpdateFailedError as error:
        return _refused(error.cause)
    except RPCError as error:
        return Outcome(fate=_FATES.get(error.status, Fate.UNAVAILABLE))


def _refused(cause: BaseException | None) -> Outcome:
    if not isinstance(cause, ApplicationError):
        return Outcome(fate=Fate.BROKEN)
    if cause.type == _LOST_IN_HANDOVER:
        return Outcome(fate=Fate.UNKNOWN)
    given = cause.details[0] if cause.details else None
    if not isinstance(given, list) or not given:
        return Outcome(fate=Fate.BROKEN)
    return Outcome(fate=Fate.REFUSED, refusals=tuple(Refusal.model_validate(refusal) for refusal in given))


_FATES: Final = {
    RPCStatusCode.NOT_FOUND: Fate.CLOSED,
    RPCStatusCode.RESOURCE_EXHAUSTED: Fate.BUSY,
    RPCStatusCode.DEADLINE_EXCEEDED: Fate.UNKNOWN,
    RPCStatusCode.CANCELLED: Fate.UNKNOWN,
}
