"""DBOS on a PostgreSQL of the same settings, where its package is installed (`make bench` installs it)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from benchmarks.calling.lifecycle_counts import COMMANDS, LETTERS, REPLIES
from benchmarks.measuring.families import Part
from benchmarks.measuring.spent import Spent, Watch
from benchmarks.sides.bare import ANSWER_SECONDS, Done, Ready
from benchmarks.sides.mailbox import MailServer
from benchmarks.sides.side import Side
from benchmarks.sides.talker import Talker
from local.postgres import Postgres
from local.programs import ROOT

INTERPRETER: Final = ROOT / ".venv-bench" / "bin" / "python"
PROGRAM: Final = Path(__file__).with_name("durable_program.py")


class Durable(Side):
    """`async with Durable(home) as durable: await durable.does("lifecycles", 16, 8)`."""

    label = "DBOS"

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home
        self._postgres, self.mail = Postgres(home), MailServer(home)

    async def _start(self) -> None:
        for part in (self._postgres, self.mail):
            self._open.push_async_callback(part.stop)
            await part.start()
        counts = (str(number) for number in (self.mail.port, COMMANDS, REPLIES, LETTERS))
        self._program = Talker(
            [str(INTERPRETER), "-P", str(PROGRAM), self._postgres.url(), *counts],
            cwd=self._home,
            log=self._home / "log" / "durable.log",
        )
        self._open.push_async_callback(self._program.stop)
        await self._program.start()
        await self._program.hear(Ready, ANSWER_SECONDS)
        for verb in ("lifecycles", "flat"):
            await self.does(verb, 2, 2)

    @property
    def roots(self) -> Mapping[Part, int]:
        """The program calls and works in one process: it stands where the worker does."""
        postgres = self._postgres.pid
        assert postgres, "PostgreSQL runs"
        return {Part.WORKER: self._program.pid, Part.POSTGRES: postgres, Part.MAILBOX: self.mail.pid}

    async def does(self, verb: str, count: int, together: int) -> Spent:
        """So many `lifecycles`, or `flat` ones, which nobody commands."""
        async with Watch(self.roots) as watch:
            done = await self._program.ask(f"{verb} {count} {together}", Done, ANSWER_SECONDS)
            watch.calls.extend(done.calls)
        return watch.spent(count, done.seconds)
