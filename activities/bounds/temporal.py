"""Every call to Temporal is bounded: the one way to make a client gives it this (`workflows/client.py`).

A command is not bounded here: whoever sends one says how long a person waits for it
(`api/commands/sending.py`).
"""

# ruff: noqa: A002 (the SDK calls it `input` and `next`)
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, Final, TypeVar

from temporalio.client import (
    CancelWorkflowInput,
    CountWorkflowsInput,
    DescribeWorkflowInput,
    FetchWorkflowHistoryEventsInput,
    Interceptor,
    ListWorkflowsInput,
    OutboundInterceptor,
    QueryWorkflowInput,
    SignalWorkflowInput,
    StartWorkflowInput,
    TerminateWorkflowInput,
    WorkflowExecutionAsyncIterator,
    WorkflowExecutionCount,
    WorkflowExecutionDescription,
    WorkflowHandle,
    WorkflowHistoryEventAsyncIterator,
)
from temporalio.service import RPCError, RPCStatusCode

from activities.bounds.within import NotInTime, within

T = TypeVar("T")
CALL_SECONDS: Final = 30.0
PAGE: Final = timedelta(seconds=10)
"""A page of a list or of a history; the SDK asks again for at most 15 seconds."""


async def answered(call: Coroutine[Any, Any, T], meaning: str) -> T:
    """Raises RPCError, as a server that does not answer is told everywhere."""
    try:
        return await within(CALL_SECONDS, call, meaning)
    except NotInTime as late:
        raise RPCError(str(late), RPCStatusCode.DEADLINE_EXCEEDED, b"") from None


class BoundedCalls(Interceptor):
    """What `Client.connect` is given."""

    def intercept_client(self, next: OutboundInterceptor) -> OutboundInterceptor:
        return _Bounded(next)


class _Bounded(OutboundInterceptor):
    async def start_workflow(self, input: StartWorkflowInput) -> WorkflowHandle[Any, Any]:
        return await answered(super().start_workflow(input), f"{input.id} is started")

    async def cancel_workflow(self, input: CancelWorkflowInput) -> None:
        await answered(super().cancel_workflow(input), f"{input.id} is cancelled")

    async def terminate_workflow(self, input: TerminateWorkflowInput) -> None:
        await answered(super().terminate_workflow(input), f"{input.id} is terminated")

    async def describe_workflow(self, input: DescribeWorkflowInput) -> WorkflowExecutionDescription:
        return await answered(super().describe_workflow(input), f"{input.id} is described")

    async def query_workflow(self, input: QueryWorkflowInput) -> Any:
        return await answered(super().query_workflow(input), f"{input.id} answers {input.query}")

    async def signal_workflow(self, input: SignalWorkflowInput) -> None:
        await answered(super().signal_workflow(input), f"{input.id} hears {input.signal}")

    async def count_workflows(self, input: CountWorkflowsInput) -> WorkflowExecutionCount:
        return await answered(super().count_workflows(input), "workflows are counted")

    def list_workflows(self, input: ListWorkflowsInput) -> WorkflowExecutionAsyncIterator:
        input.rpc_timeout = input.rpc_timeout or PAGE
        return super().list_workflows(input)

    def fetch_workflow_history_events(
        self, input: FetchWorkflowHistoryEventsInput
    ) -> WorkflowHistoryEventAsyncIterator:
        if not input.wait_new_event:
            input.rpc_timeout = input.rpc_timeout or PAGE
        return super().fetch_workflow_history_events(input)
