"""One of a service's instances as a process: started, asked whether it is well, stopped, killed."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Final

import psutil

from activities.bounds.within import within
from local.cluster.room import Room
from local.process import Child, StackError, below

JOB_SECONDS: Final = 300.0
_HEALTH_EVERY: Final = 1.0
"""At the start; the file's own pace is for years of running."""
_ALWAYS: Final = "unless-stopped"
_RESTARTS: Final = 3
_POSTGRES_ASKS: Final = "postgres"


class Contained(Child):
    """A program in a room. What was started is the room; signals are for the program in it."""

    @property
    def program(self) -> psutil.Process | None:
        """The program while it runs."""
        try:
            inner = psutil.Process(self.pid).children() if self.pid else []
        except psutil.NoSuchProcess:
            return None
        return inner[0] if inner else None

    async def stop(self, grace: float = 20.0) -> None:
        program = self.program
        if program is None or self._process is None:
            await super().kill()
            return
        _tell(program, self.stop_signal)
        try:
            await within(grace, self._process.wait(), f"{self.name} stops")
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        """SIGKILL of the program; what it started (sessions of a database) notices and is waited for."""
        program = self.program
        sessions = below(program.pid) if program else []
        if program:
            _tell(program, signal.SIGKILL)
            if self._process:
                await self._process.wait()
        await super().kill()
        await asyncio.to_thread(psutil.wait_procs, sessions, 30)


def _tell(program: psutil.Process, number: int) -> None:
    try:
        os.kill(program.pid, number)
    except ProcessLookupError:
        return


class Instance:
    """`api-1`."""

    def __init__(self, room: Room, log: Path) -> None:
        self.name, self.room, self._log = room.host, room, log
        self.restarts = 0
        """How often it ended while it began, and was started again."""
        quick = signal.SIGINT if room.image.command == (_POSTGRES_ASKS,) else signal.SIGTERM
        self._child = Contained(self.name, room.main(), log, stop_signal=quick)

    @property
    def running(self) -> bool:
        return self._child.running

    @property
    def pid(self) -> int | None:
        """Of the program itself."""
        program = self._child.program
        return program.pid if program else None

    async def start(self) -> None:
        """Start it and return when it is well; a job when it has done its work. Raises StackError."""
        if self.room.service.makes_ready:
            await self._does_its_work()
            return
        await self._child.start()
        if self.room.service.healthcheck:
            await self._becomes_well()

    async def _does_its_work(self) -> None:
        """As often as the file allows (`on-failure:3`)."""
        for _ in range(1 + int(self.room.service.restart.partition(":")[2] or 0)):
            await self._child.start()
            if await self._child.finish(JOB_SECONDS) == 0:
                return
        raise self._child.failure("failed")

    async def _becomes_well(self) -> None:
        check = self.room.service.healthcheck
        assert check is not None
        clock = asyncio.get_running_loop().time
        until = clock() + check.start_period + check.retries * check.interval
        while not await self.is_well():
            if not self.running:
                # As an engine does. Of two Temporal servers that begin on an empty database one ends so: both
                # write who the cluster is.
                if self.restarts >= _RESTARTS or self.room.service.restart != _ALWAYS:
                    raise self._child.failure("ended before it was well")
                self.restarts += 1
                await self._child.start()
            if clock() > until:
                raise self._child.failure(f"was not well by its own check ({' '.join(check.argv[:3])} …)")
            await asyncio.sleep(_HEALTH_EVERY)

    async def is_well(self) -> bool:
        """What its health check says; a service without one is well while it runs."""
        check = self.room.service.healthcheck
        if check is None:
            return self.running
        asked = Child(f"{self.name} health", self.room.argv(check.argv), self._log.with_suffix(".health.log"))
        await asked.start()
        try:
            return await asked.finish(check.timeout + 5) == 0
        except StackError:
            return False

    async def stop(self) -> None:
        await self._child.stop(grace=self.room.service.stop_grace_period)

    async def kill(self) -> None:
        await self._child.kill()
