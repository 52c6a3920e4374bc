"""Heartbeats of a long activity: a worker that dies is noticed in seconds, not when its time is up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from temporalio import activity

EVERY_SECONDS: Final = 2.0


@asynccontextmanager
async def heartbeats() -> AsyncIterator[None]:
    """Beat while the block runs. The block must leave the event loop free."""
    beating = asyncio.create_task(_beat())
    try:
        yield
    finally:
        beating.cancel()


async def _beat() -> None:
    while True:
        activity.heartbeat()
        await asyncio.sleep(EVERY_SECONDS)
