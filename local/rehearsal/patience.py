"""Waiting for a condition, bounded."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

WAIT_SECONDS: Final = 60.0


class RehearsalFailed(Exception):
    """The rehearsal is not as it should be; the message says where."""


async def until(condition: Callable[[], Awaitable[bool]], meaning: str) -> None:
    """Return once the condition holds. Raises `RehearsalFailed` with its meaning when it does not in time."""
    loop = asyncio.get_running_loop()
    end = loop.time() + WAIT_SECONDS
    while not await condition():
        if loop.time() > end:
            raise RehearsalFailed(f"not within {WAIT_SECONDS:.0f} s: {meaning}")
        await asyncio.sleep(0.02)
