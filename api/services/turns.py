"""Files that take a while to make: a few at a time in a process, the others in the order in which they were
asked for. Whoever waits holds nothing but a place in the queue."""

import asyncio
from contextlib import AbstractContextManager
from typing import Final

from activities.bounds.within import within
from api.services.made import Made, Making

AT_ONCE: Final = 2
MAKING_SECONDS: Final = 300.0


class Turns:
    """The turns of one process."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._turns = asyncio.Semaphore(at_once)

    async def made(self, making: Making, place: AbstractContextManager[None]) -> Made:
        """Wait for a turn and make it. Raises what making raises, TimeoutError."""
        with place:
            return await self.in_turn(making)

    async def in_turn(self, making: Making) -> Made:
        """The same for whoever holds a place already."""
        async with self._turns:
            return await within(MAKING_SECONDS, making(), "a file is made")
