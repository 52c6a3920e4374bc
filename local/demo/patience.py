"""Waiting for a condition, bounded."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from local.demo.caller import DemoFailed

WAIT_SECONDS: Final = 120.0


async def until(condition: Callable[[], Awaitable[bool]], otherwise: str) -> None:
    """Return once the condition holds. Raises `DemoFailed` with the other words when it does not in time."""
    loop = asyncio.get_running_loop()
    end = loop.time() + WAIT_SECONDS
    while not await condition():
        if loop.time() > end:
            raise DemoFailed(f"{otherwise} within {WAIT_SECONDS:.0f} s")
        await asyncio.sleep(0.1)
