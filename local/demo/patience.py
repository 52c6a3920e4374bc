"""Waiting for a condition, bounded."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from activities.bounds.within import NotInTime, within
from local.demo.caller import DemoFailed

WAIT_SECONDS: Final = 120.0


async def until(condition: Callable[[], Awaitable[bool]], otherwise: str) -> None:
    """Return once the condition holds. Raises `DemoFailed` with the other words when it does not in time."""

    async def holds() -> None:
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.1)

    try:
        await within(WAIT_SECONDS, holds(), otherwise)
    except NotInTime:
        raise DemoFailed(f"{otherwise} within {WAIT_SECONDS:.0f} s") from None
