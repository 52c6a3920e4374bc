"""Waiting for a condition, bounded."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from activities.bounds.within import NotInTime, within
from local.demo.caller import DemoFailed

WAIT_SECONDS: Final = 120.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 1.0


async def until(
    condition: Callable[[], Awaitable[bool]], otherwise: str, seconds: float = WAIT_SECONDS
) -> None:
    """Return once the condition holds. Raises `DemoFailed` with the other words when it does not in time."""
    try:
        await within(seconds, _holds(condition), otherwise)
    except NotInTime:
        raise DemoFailed(f"{otherwise} within {seconds:.0f} s") from None


async def _holds(condition: Callable[[], Awaitable[bool]]) -> None:
    pause = _FIRST_PAUSE
    while not await condition():
        await asyncio.sleep(pause)
        pause = min(1.3 * pause, _LONGEST_PAUSE)  # who waits long looks seldom
