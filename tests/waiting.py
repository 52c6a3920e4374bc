"""Waiting for a condition, bounded. Tests never sleep for a time they hope is long enough."""

import asyncio
from collections.abc import Awaitable, Callable

from activities.bounds.within import within as bounded

PATIENCE_SECONDS = 90.0
"""A busy machine is no fault: generous, and less than the limit of a test (`tests.fixtures.limit`)."""


async def eventually(
    condition: Callable[[], Awaitable[bool]], meaning: str, within: float = PATIENCE_SECONDS
) -> None:
    """Return once the condition holds; fail with its meaning when it does not in time, or does not answer."""

    async def holds() -> None:
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    try:
        await bounded(within, holds(), meaning)
    except TimeoutError as late:
        raise AssertionError(f"not within {within:.0f} s: {meaning}") from late
