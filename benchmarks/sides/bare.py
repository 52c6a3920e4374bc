"""The bare engine on a stack of its own: the same servers with the same settings, a worker and a caller."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import psycopg

from benchmarks.measuring.families import Part
from benchmarks.measuring.spent import Spent, Watch
from benchmarks.sides.mailbox import MailServer
from benchmarks.sides.side import Side
from benchmarks.sides.talker import Talker
from local.process import Child
from local.programs import ROOT
from local.stack import Part as StackPart
from local.stack import Stack
from models.vocabulary.base import Model

ANSWER_SECONDS = 300.0


class Done(Model):
    """What a caller says of what it was asked for: all seconds, and the milliseconds of each call."""

    seconds: float
    calls: tuple[float, ...]


class Ready(Model):
    """A caller is connected."""


class Engine(Side):
    """`async with Engine(home) as engine: await engine.does("lifecycles", 16, 8)`."""

    label: Final = "bare engine"

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home
        self._stack = Stack(
            "bare", state=home, parts=(StackPart.POSTGRES, StackPart.TEMPORAL), usual_ports=False
        )
        self.mail = MailServer(home)

    async def _start(self) -> None:
        await self._open.enter_async_context(self._stack)
        self._open.push_async_callback(self.mail.stop)
        await self.mail.start()
        address, log = self._stack.temporal.address, self._home / "log"
        arguments = (address, self._stack.postgres.url(), str(self.mail.port))
        self._worker = Child(
            "The bare worker",
            [sys.executable, "-m", "benchmarks.sides.bare_worker", *arguments],
            log / "bare_worker.log",
            cwd=ROOT,
        )
        self._open.push_async_callback(self._worker.stop)
        await self._worker.start()
        self._caller = Talker(
            [sys.executable, "-m", "benchmarks.sides.bare_caller", address],
            cwd=ROOT,
            log=log / "bare_caller.log",
        )
        self._open.push_async_callback(self._caller.stop)
        await self._caller.start()
        await self._caller.hear(Ready, ANSWER_SECONDS)
        await self.does("lifecycles", 2, 2)  # so that whatever is imported late is there

    @property
    def roots(self) -> Mapping[Part, int]:
        """The process of each part; the caller stands where the product's API does."""
        return {
            Part.API: self._caller.pid,
            Part.WORKER: _running(self._worker.pid),
            Part.TEMPORAL: _running(self._stack.pid(StackPart.TEMPORAL)),
            Part.POSTGRES: _running(self._stack.pid(StackPart.POSTGRES)),
            Part.MAILBOX: self.mail.pid,
        }

    async def does(self, verb: str, count: int, together: int) -> Spent:
        """So many `lifecycles`, `starts`, `commands` or `letters` (commands with a letter each)."""
        async with Watch(self.roots) as watch:
            done = await self._caller.ask(f"{verb} {count} {together}", Done, ANSWER_SECONDS)
            watch.calls.extend(done.calls)
        return watch.spent(count, done.seconds)

    async def rows(self) -> int:
        """How many have been written in all."""
        dsn = self._stack.postgres.url().replace("+psycopg", "", 1)
        async with await psycopg.AsyncConnection.connect(dsn) as connection:
            row = await (await connection.execute("SELECT count(*) FROM bare")).fetchone()
        assert row is not None
        return int(row[0])


def _running(pid: int | None) -> int:
    assert pid is not None, "a part does not run"
    return pid
