"""A bound that binds: what leaves the process is waited for so long, and no longer.

`asyncio.timeout` and `asyncio.wait_for` cancel what they wait for and then wait until it has ended. What
swallows its cancellation (the SDK's replayer) holds them for ever, and what turns it into an error of its own
(an update) turns their `TimeoutError` into that error.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

T = TypeVar("T")
LEAVING_SECONDS: Final = 2.0
"""What was cancelled may put its things in order so long: give a connection back, roll back a transaction."""

_left_behind: set[asyncio.Task[Any]] = set()


class NotInTime(TimeoutError):
    """The time was up; whether it happened all the same is not known."""


async def within(seconds: float, work: Coroutine[Any, Any, T], meaning: str) -> T:
    """Await work, at most so long (and `LEAVING_SECONDS` for its clearing up). Raises `NotInTime`.

    Work that does not end even then is left behind, cancelled: nobody waits for it any more. A cancellation
    from outside stays one, whatever the work makes of it.
    """
    task = asyncio.create_task(work)
    try:
        await asyncio.wait({task}, timeout=seconds)
    except asyncio.CancelledError:
        await leave(task)
        raise
    if task.done():
        return task.result()
    await leave(task)
    if task.done() and not task.cancelled() and task.exception() is None:
        return task.result()  # it came to its end in the same moment
    raise NotInTime(f"not within {seconds:g} s: {meaning}")


async def leave(task: asyncio.Task[Any]) -> None:
    """Cancel a task and wait for it no longer than `LEAVING_SECONDS`; nor will whoever closes the loop."""
    _left_behind.add(task)
    task.add_done_callback(_forgotten)
    task.cancel()
    await asyncio.wait({task}, timeout=LEAVING_SECONDS)
    if not task.done():
        asyncio.tasks._unregister_task(task)


def _forgotten(task: asyncio.Task[Any]) -> None:
    _left_behind.discard(task)
    if not task.cancelled():
        task.exception()  # looked at: nobody else will
