"""A build of the product, started from its own checkout by its own interpreter, and how it is reached."""

import asyncio
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import psycopg

from activities.bounds.within import within
from benchmarks.calling.post import Post
from benchmarks.measuring.families import Part
from benchmarks.sides.mailbox import MailServer
from benchmarks.sides.serve import METRICS_PORT
from benchmarks.sides.side import Side
from benchmarks.sides.talker import Talker
from local.ports import free_port
from local.programs import ROOT
from models.vocabulary.base import Model

SERVE: Final = Path(__file__).with_name("serve.py")
START_SECONDS: Final = 600.0
UNBOUND: Final = {"MAIL_PER_SECOND": "100000", "COMMAND_BUDGET_SECONDS": "60"}
"""Upper bounds out of the way: what is measured is the product and not a constant of an installation, and a
slow answer is a figure and not an error."""
WORDS: Final = {"api": Part.API, "worker": Part.WORKER, "temporal": Part.TEMPORAL, "postgres": Part.POSTGRES}


class Told(Model):
    """Where everything of a stack is."""

    api: str
    database: str
    maintenance: str
    postgres_log: Path
    temporal: str
    tokens: dict[str, str]
    pids: dict[str, int]


@dataclass(frozen=True)
class Build:
    """A checkout with its environment, under the name of its column."""

    label: str
    checkout: Path

    @property
    def interpreter(self) -> str:
        """Its own Python, with what it has locked; this checkout's is the one that runs."""
        return sys.executable if self.checkout == ROOT else str(self.checkout / ".venv" / "bin" / "python")

    @property
    def commit(self) -> str:
        """The commit that lies there, with a mark where files were changed."""
        asked = ["git", "-C", str(self.checkout), "describe", "--always", "--dirty"]
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


class Product(Side):
    """A running build: `async with Product(build, home) as product`."""

    def __init__(
        self,
        build: Build,
        home: Path,
        *,
        settings: Mapping[str, str] = UNBOUND,
        counted: bool = False,
    ) -> None:
        """Its data lies under `home`. `counted` has Temporal publish its requests, which costs a little."""
        super().__init__()
        self.build, self.mail = build, MailServer(home)
        self.post = Post(self.mail.letters)
        self.metrics_port = free_port() if counted else None
        given = {**settings, "SMTP_URL": self.mail.url}
        arguments = [f"{name}={value}" for name, value in given.items()]
        environment = {"PYTHONPATH": str(build.checkout)}
        if self.metrics_port:
            environment[METRICS_PORT] = str(self.metrics_port)
        self._talker = Talker(
            [build.interpreter, "-P", str(SERVE), str(home), *arguments],
            cwd=build.checkout,
            log=home / "log" / "serve.log",
            environment=environment,
        )
        self._told: Told | None = None

    async def _start(self) -> None:
        self._open.push_async_callback(self.mail.stop)
        self._open.push_async_callback(self._talker.stop)
        await self.mail.start()
        await self._talker.start()
        self._told = await self._talker.hear(Told, START_SECONDS)
        # A connection is not taken up again in the moment in which uvicorn, after 5 s, closes it.
        limits = httpx.Limits(max_connections=100, keepalive_expiry=2.0)
        self.http = await self._open.enter_async_context(
            httpx.AsyncClient(base_url=self.told.api, timeout=120, limits=limits)
        )
        self.browser = await self._open.enter_async_context(httpx.AsyncClient(timeout=120, limits=limits))

    @property
    def label(self) -> str:
        """Its column."""
        return self.build.label

    @property
    def told(self) -> Told:
        """Where everything is."""
        assert self._told is not None, "the stack was started"
        return self._told

    @property
    def roots(self) -> Mapping[Part, int]:
        """The process of each part that runs, the mailbox among them."""
        pids = {WORDS[word]: pid for word, pid in self.told.pids.items() if word in WORDS}
        return {**pids, Part.MAILBOX: self.mail.pid}

    async def does(self, verb: str, part: str) -> None:
        """`kill worker`, `start worker` … with the stack's own words for its parts."""
        self._told = await self._talker.ask(f"{verb} {part}", Told, START_SECONDS)

    async def rows(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """Ask or tell the database as its owner, in a transaction of its own."""
        return await self._sql(self.told.database, question, values)

    async def server_rows(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """The same beside the product's database, so that the question counts for nothing there."""
        return await self._sql(self.told.maintenance, question, values)

    async def number(self, question: str, *values: object) -> int:
        """A question whose answer is one whole number."""
        ((value,),) = await self.rows(question, *values)
        return int(str(value))

    async def until(self, question: str, reached: int, seconds: float, *values: object) -> None:
        """Wait until the number a question answers has reached another. Raises TimeoutError."""

        async def has() -> None:
            while await self.number(question, *values) < reached:  # noqa: ASYNC110 - the database's state
                await asyncio.sleep(0.2)

        await within(seconds, has(), f"{reached} by {question}")

    async def _sql(self, url: str, question: str, values: tuple[object, ...]) -> list[tuple[object, ...]]:
        dsn = url.replace("+psycopg", "", 1)
        async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
            cursor = await connection.execute(question.encode(), values or None)
            return await cursor.fetchall() if cursor.description else []
