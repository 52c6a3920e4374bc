"""Files that take a while to make: a few at a time, the others in the order in which they were asked for.

Whoever waits holds nothing but a place in the queue. What is made for somebody who does not wait is kept
until it was fetched, for a quarter of an hour at most. All of it lies in this process: a file that was asked
for is fetched from the process that made it.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any, Final
from uuid import uuid4

from activities.bounds.within import leave, within

AT_ONCE: Final = 2
MAKING_SECONDS: Final = 300.0
KEPT_SECONDS: Final = 900.0


class WorkState(StrEnum):
    WAITING = "waiting"
    UNDER_WAY = "under_way"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class Made:
    """A file as it leaves. Whoever takes it closes it."""

    file: IO[bytes]
    name: str
    media_type: str

    @property
    def size(self) -> int:
        self.file.seek(0, 2)
        return self.file.tell()


Making = Callable[[], Coroutine[Any, Any, Made]]


class Work:
    """One file that somebody asked for and will fetch."""

    def __init__(self, account: str) -> None:
        self.id = uuid4().hex
        self.account = account
        self.state = WorkState.WAITING
        self.made: Made | None = None
        self.failure: Exception | None = None
        self.task: asyncio.Task[None] | None = None
        self.settled_at: float | None = None

    def settled(self, state: WorkState) -> None:
        self.state, self.settled_at = state, time.monotonic()

    def dropped(self) -> None:
        """Nobody wants it any more."""
        if self.made is not None:
            self.made.file.close()
        self.made = None


class Works:
    """The works of one process."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._turns = asyncio.Semaphore(at_once)
        self._works: dict[str, Work] = {}

    async def made(self, making: Making, place: AbstractContextManager[None]) -> Made:
        """Wait for a turn and make it. Raises what making raises, NotInTime."""
        with place:
            return await self._in_turn(making)

    def begin(self, account: str, making: Making, place: AbstractContextManager[None]) -> Work:
        """Have it made, to be fetched. Raises what entering `place` raises."""
        self._forget()
        work = Work(account)
        held = ExitStack()
        held.enter_context(place)
        work.task = asyncio.create_task(self._done(work, making))
        work.task.add_done_callback(lambda _: held.close())
        self._works[work.id] = work
        return work

    async def _in_turn(self, making: Making) -> Made:
        async with self._turns:
            return await within(MAKING_SECONDS, making(), "a file is made")

    async def _done(self, work: Work, making: Making) -> None:
        async def marked() -> Made:
            work.state = WorkState.UNDER_WAY
            return await making()

        try:
            work.made = await self._in_turn(marked)
        except Exception as error:  # whoever fetches it is told
            work.failure = error
            work.settled(WorkState.FAILED)
        else:
            work.settled(WorkState.READY)

    def of(self, account: str, work: str) -> Work | None:
        """A work that this account asked for and did not fetch yet."""
        self._forget()
        found = self._works.get(work)
        return found if found is not None and found.account == account else None

    def ahead_of(self, work: Work) -> int:
        """How many were asked for before and are not settled yet."""
        earlier = list(self._works.values())[: list(self._works).index(work.id)]
        return sum(each.settled_at is None for each in earlier)

    def fetched(self, work: Work) -> Made | None:
        """Hand it out, once."""
        made, work.made = work.made, None
        self._works.pop(work.id, None)
        return made

    async def close(self) -> None:
        """The process ends: what nobody fetched is gone."""
        for work in self._works.values():
            if work.task is not None and not work.task.done():
                await leave(work.task)
            work.dropped()
        self._works.clear()

    def _forget(self) -> None:
        long_ago = time.monotonic() - KEPT_SECONDS
        for work in [w for w in self._works.values() if w.settled_at is not None and w.settled_at < long_ago]:
            work.dropped()
            del self._works[work.id]
