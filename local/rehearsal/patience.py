"""Waiting for a condition, bounded."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from activities.bounds.within import NotInTime, within

WAIT_SECONDS: Final = 60.0


class RehearsalFailed(Exception):
    """The rehearsal is not as it should be; the message says where."""


async def until(condition: Callable[[], Awaitable[bool]], meaning: str) -> None:
    """Return once the condition holds. Raises `RehearsalFailed` with its meaning when it does not in time."""

    async def holds() -> None:
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    try:
        await within(WAIT_SECONDS, holds(), meaning)
    except NotInTime as late:
        raise RehearsalFailed(str(late)) from None
