"""Who sends the bare engine its commands, as the API does the product's: asked by lines.

`python -m benchmarks.sides.bare_caller TEMPORAL`; lines: `lifecycles 16 8` (how many, at once), and so
`starts`, `commands`, `letters`. Each is answered with its seconds and the milliseconds of each.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Final
from uuid import uuid4

from temporalio.client import Client, WorkflowHandle

from benchmarks.calling.lifecycle_counts import COMMANDS, LETTERS, REPLIES
from benchmarks.sides.bare_flow import QUEUE, Bare, Course

WHOLE: Final = Course(COMMANDS, REPLIES, LETTERS)
ENDLESS: Final = 1_000_000


class Caller:
    """One client for all."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._running: list[WorkflowHandle[Bare, int]] = []

    async def lifecycle(self) -> None:
        """Everything once, until the workflow has ended."""
        handle = await self._begin(WHOLE)
        for step in range(WHOLE.commands + WHOLE.replies):
            await handle.execute_update(Bare.command, f"step {step}")
        await handle.result()

    async def start(self) -> None:
        """A start, and its row."""
        handle = await self._begin(Course(ENDLESS, 0, 0))
        await handle.execute_update(Bare.command, "started")

    async def commands(self, count: int, together: int, *, letters: bool) -> list[float]:
        """Commands of as many workflows as there are callers, with a letter each or with none.

        The workflows stay from one round to the next.
        """
        while len(self._running) < together:
            self._running.append(await self._begin(Course(ENDLESS, 0, 0)))
        turns = iter(range(count))

        async def call() -> None:
            handle = self._running[next(turns) % together]
            if letters:
                await handle.execute_update(Bare.command_and_letter, "a letter")
            else:
                await handle.execute_update(Bare.command, "a command")

        return await _timed(call, count, together)

    async def _begin(self, course: Course) -> WorkflowHandle[Bare, int]:
        return await self._client.start_workflow(Bare.run, course, id=f"bare/{uuid4().hex}", task_queue=QUEUE)


async def _timed(action: Callable[[], Awaitable[None]], count: int, together: int) -> list[float]:
    gate, calls = asyncio.Semaphore(together), []

    async def one() -> None:
        async with gate:
            begun = time.perf_counter()
            await action()
            calls.append((time.perf_counter() - begun) * 1000)

    await asyncio.gather(*(one() for _ in range(count)))
    return calls


async def obey(address: str) -> None:
    """Until the standard input ends."""
    caller = Caller(await Client.connect(address))
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    print("{}", flush=True)
    while line := (await lines.readline()).decode().split():
        verb, count, together = line[0], int(line[1]), int(line[2])
        begun = time.perf_counter()
        match verb:
            case "lifecycles":
                calls = await _timed(caller.lifecycle, count, together)
            case "starts":
                calls = await _timed(caller.start, count, together)
            case "letters":
                calls = await caller.commands(count, together, letters=True)
            case _:
                calls = await caller.commands(count, together, letters=False)
        print(json.dumps({"seconds": time.perf_counter() - begun, "calls": calls}), flush=True)


if __name__ == "__main__":
    asyncio.run(obey(sys.argv[1]))
