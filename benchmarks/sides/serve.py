"""Runs the stack of whatever checkout it is started in, with that checkout's interpreter, and obeys lines.

`python -P serve.py DIRECTORY NAME=VALUE…`, with PYTHONPATH the checkout. It knows of a build no more than
every one of them has: the stack with its parts, and the seed. The mailbox is not among the parts: it is the
same program for all sides. Lines: `stop worker`, `start worker`, `kill worker` … with the parts' own words;
`add 2 NAME=VALUE…` starts so many workers besides, with these settings over the usual ones. Each is answered
with where everything is.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

import local.programs
import local.temporal
from local.process import leave
from local.programs import Worker
from local.seed import seed
from local.stack import Part, Stack

PARTS = [part for part in Part if part is not Part.MAILBOX]
START_SECONDS = 300.0
"""A busy machine is no fault: so long a program may take to be ready."""
METRICS_PORT = "BENCH_METRICS_PORT"
"""Where Temporal counts its requests, if it shall."""


def count_requests(port: str) -> None:
    """Have the server of this checkout publish its metrics."""
    usual = local.temporal.dynamic_config

    def and_metrics(**given: bool) -> list[str]:
        return [*usual(**given), "--metrics-port", port]

    setattr(local.temporal, "dynamic_config", and_metrics)  # noqa: B010 - the checkout's module, not ours


async def serve(directory: Path, more: dict[str, str]) -> None:
    """Until the standard input ends."""
    stack = Stack("stack", state=directory, parts=PARTS, usual_ports=False, encrypted=True, more=more)
    async with stack:
        tokens = (await seed(stack.postgres.url())).tokens
        lines = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
        _tell(stack, tokens)
        besides: list[Worker] = []
        while line := (await lines.readline()).decode().split():
            match line:
                case ["add", count, *given]:
                    besides += await added(stack, int(count), dict(each.split("=", 1) for each in given))
                case [verb, part]:
                    await {"stop": stack.stop, "kill": stack.kill, "start": stack.start}[verb](Part(part))
            _tell(stack, tokens)
        await asyncio.gather(*(each.stop() for each in besides))


async def added(stack: Stack, count: int, given: dict[str, str]) -> list[Worker]:
    """Workers beside the stack's own, all at once; they end before it does."""
    settings = {**stack.settings, **given}
    workers = [Worker(stack.log(f"worker-{n}"), settings) for n in range(count)]
    await asyncio.gather(*(each.start() for each in workers))
    return workers


def _tell(stack: Stack, tokens: dict[str, str]) -> None:
    pids = {part.value: stack.pid(part) for part in PARTS}
    told = {
        "api": stack.api_url,
        "database": stack.postgres.url(),
        "maintenance": stack.postgres.url("postgres"),
        "postgres_log": str(stack.log("postgres")),
        "temporal": stack.temporal.address,
        "tokens": tokens,
        "pids": {part: pid for part, pid in pids.items() if pid},
    }
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    setattr(local.programs, "START_SECONDS", START_SECONDS)  # noqa: B010
    if os.environ.get(METRICS_PORT):
        count_requests(os.environ[METRICS_PORT])
    settings = dict(argument.split("=", 1) for argument in sys.argv[2:])
    asyncio.run(serve(Path(sys.argv[1]), settings))
    leave(0)
