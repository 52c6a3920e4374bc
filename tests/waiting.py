"""Waiting for a condition, bounded. Tests never sleep for a time they hope is long enough."""

import asyncio
from collections.abc import Awaitable, Callable

PATIENCE_SECONDS = 20.0


async def eventually(
    condition: Callable[[], Awaitable[bool]], meaning: str, within: float = PATIENCE_SECONDS
) -> None:
    """Return once the condition holds; fail with its meaning when it does not in time."""
    loop = asyncio.get_running_loop()
    until = loop.time() + within
    while not await condition():
        assert loop.time() < until, f"not within {within:.0f} s: {meaning}"
        await asyncio.sleep(0.02)
