"""Telling a workflow that lives for years something it may not have been started for yet."""

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from models.proof.summaries import Summary
from models.vocabulary.base import Model
from models.vocabulary.queues import Queue


async def start_and_tell(
    client: Client, workflow: str, workflow_id: str, given: Model, summary: Summary, signal: str, said: Model
) -> None:
    """Start the workflow unless it runs, and signal it: one call, so that nothing is lost between."""
    await client.start_workflow(
        workflow,
        given,
        id=workflow_id,
        task_queue=Queue.PROCEDURE.value,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        start_signal=signal,
        start_signal_args=[said],
        static_summary=summary.line,
        static_details=summary.details,
    )
