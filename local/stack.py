"""The whole system on one machine: `python -m local.stack up`, or `async with Stack(...)` in tests and demos.

Everything is real (PostgreSQL, Temporal, SMTP, worker, API) and lives under `.state/<name>/`: data, logs,
secrets, letters. What a stack started ends with it, even when it is killed.
"""

import asyncio
import json
import re
import shutil
from collections.abc import Collection, Mapping
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from local.lines import Lines
from local.lock import InstanceLock
from local.mailbox import Mailbox
from local.ports import USUAL, Claims, Port, choose_ports
from local.postgres import Postgres
from local.process import StackError
from local.programs import ROOT, Api, Worker, migrate
from local.secret import lasting_secret
from local.temporal import NAMESPACE, RETENTION, Temporal

STATE = ROOT / ".state"
LOCK_FILE = "stack.lock"
MAIL_FROM = "monitoring@example.kz"


class Part(StrEnum):
    """What the stack is made of, in the order of starting; each needs only those before it."""

    POSTGRES = "postgres"
    TEMPORAL = "temporal"
    MAILBOX = "mailbox"
    WORKER = "worker"
    API = "api"


ALL_PARTS = tuple(Part)
INFRASTRUCTURE = (Part.POSTGRES, Part.TEMPORAL, Part.MAILBOX)
PROGRAMS = (Part.WORKER, Part.API)


class Runnable(Protocol):
    """What every part can do."""

    @property
    def running(self) -> bool:
        """True while it works."""
        ...

    @property
    def pid(self) -> int | None:
        """Process id of its program while it runs."""
        ...

    async def start(self) -> None:
        """Start and return when ready."""
        ...

    async def stop(self) -> None:
        """Orderly stop; nothing happens when it does not run."""
        ...

    async def kill(self) -> None:
        """Sudden end."""
        ...


class Stack:
    """One instance under `.state/<name>/`; a second one on the same directory is refused."""

    def __init__(
        self,
        name: str = "demo",
        *,
        parts: Collection[Part] = ALL_PARTS,
        state: Path = STATE,
        fast: bool = False,
        usual_ports: bool = True,
        reset: bool = False,
        encrypted: bool = False,
        retention: timedelta = RETENTION,
        more: Mapping[str, str] | None = None,
        relayed: bool = False,
    ) -> None:
        """Describe a stack; `start()` starts it.

        `fast` turns PostgreSQL's fsync off (tests). `usual_ports=False` takes any free ones (tests). `reset`
        throws the old data away first. `encrypted` as in production; without it Temporal's UI, which has no
        login here, shows payloads as they are (decision 0009). `retention` is how long Temporal keeps closed
        histories; `more` are settings besides the usual ones. `relayed` leads every two parts to each other
        through a relay (`lines`), for bad days. Raises StackError for a name that is no plain word.
        """
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
            raise StackError(f"“{name}” is not a name for a stack: small letters, digits, - and _ only.")
        self.name = name
        self.home = state.resolve() / name
        self._parts = [part for part in Part if part in parts]
        self._fast = fast
        self._usual_ports = usual_ports
        self._reset = reset
        self._encrypted = encrypted
        self._retention = retention
        self._more = dict(more or {})
        self._relayed = relayed
        self.lines: Lines | None = None
        self._lock = InstanceLock(self.home / LOCK_FILE)
        self._claims = Claims()
        self._running: dict[Part, Runnable] = {}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def start(self, part: Part | None = None) -> None:
        """Start everything, or one part that was stopped: same data, same port.

        Raises StackError, with the end of the log of the part that failed; what had started is stopped again.
        """
        if part:
            await self._running[part].start()
            return
        self._lock.acquire()
        try:
            if self._reset:
                _empty(self.home)
            self._assemble()
            await self._start_all()
        except BaseException:
            await self.close()
            raise

    async def stop(self, part: Part) -> None:
        """Orderly stop of one part."""
        await self._running[part].stop()

    async def kill(self, part: Part) -> None:
        """Sudden death of one part, as on a bad day."""
        await self._running[part].kill()

    async def restart(self, part: Part) -> None:
        """Stop and start one part."""
        await self.stop(part)
        await self.start(part)

    async def close(self) -> None:
        """Stop everything, last started first, and give the directory free."""
        for part in reversed(self._running.values()):
            await part.stop()
        self._running.clear()
        if self.lines:
            await self.lines.close()
        self._claims.release()
        self._lock.release()

    def pid(self, part: Part) -> int | None:
        """Process id of a part's program while it runs; the mailbox lives in this process."""
        return self._running[part].pid

    def dead_parts(self) -> list[Part]:
        """Parts that ended although nobody asked them to (or that a test has stopped)."""
        return [part for part, runnable in self._running.items() if not runnable.running]

    def describe(self, words: str) -> None:
        """What a second instance tells its user about this one."""
        self._lock.describe(words)

    @property
    def settings(self) -> dict[str, str]:
        """The environment of the worker and the API: all that differs between this stack and production."""
        return {
            "DATABASE_URL": self.postgres.application_url(),
            "TEMPORAL_ADDRESS": self.temporal.address,
            "TEMPORAL_NAMESPACE": NAMESPACE,
            "SMTP_URL": self.mailbox.smtp_url,
            "PUBLIC_URL": self.api_url,
            "LINK_SECRET": lasting_secret(self.home / "secrets" / "links"),
            "SIGNING_KEY": lasting_secret(self.home / "secrets" / "signing"),
            "MAIL_FROM": MAIL_FROM,
            # The key is there in both cases: what was written under it stays readable.
            "PAYLOAD_KEYS": f"local:{lasting_secret(self.home / 'secrets' / 'payloads')}",
            "PAYLOAD_ENCRYPTION": "on" if self._encrypted else "off",
            "TEMPORAL_UI_ORIGIN": self.temporal.ui_url or "",
            "DISK_PATHS": str(self.home),
            **self._more,
        }

    def look(self) -> None:
        """Know where everything is, of a stack that another process runs, and start nothing."""
        known = json.loads((self.home / "ports.json").read_text())
        self._arrange({port: int(known[port]) for port in Port})

    def _assemble(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        memory = self.home / "ports.json"
        usual = USUAL if self._usual_ports else {}
        self._arrange(choose_ports(memory, self._claims, usual))

    def _arrange(self, ports: Mapping[Port, int]) -> None:
        self.postgres = Postgres(self.home, port=ports[Port.POSTGRES], fast=self._fast)
        self.lines = Lines(ports, self._claims) if self._relayed else None
        self.api_url = self.lines.api_url if self.lines else f"http://127.0.0.1:{ports[Port.API]}"
        self.temporal = Temporal(
            self.home,
            port=ports[Port.TEMPORAL],
            ui_port=ports[Port.TEMPORAL_UI],
            codec_url=f"{self.api_url}/api/v1/codec" if self._encrypted else None,
            retention=self._retention,
        )
        self.mailbox = Mailbox(
            self.home / "mailbox", smtp_port=ports[Port.SMTP], http_port=ports[Port.MAILBOX]
        )
        given = self.settings
        given_to_worker = self.lines.for_worker(given) if self.lines else given
        given_to_api = self.lines.for_api(given) if self.lines else given
        everything: dict[Part, Runnable] = {
            Part.POSTGRES: self.postgres,
            Part.TEMPORAL: self.temporal,
            Part.MAILBOX: self.mailbox,
            Part.WORKER: Worker(self.log("worker"), given_to_worker),
            Part.API: Api(self.log("api"), given_to_api, ports[Port.API]),
        }
        self._running = {part: everything[part] for part in self._parts}

    async def _start_all(self) -> None:
        if self.lines:
            await self.lines.open()
        await self._start_together(INFRASTRUCTURE)
        if set(PROGRAMS) & self._running.keys():
            await migrate(self.postgres.url(), self.log("migrate"))
            await self._start_together(PROGRAMS)

    async def _start_together(self, parts: Collection[Part]) -> None:
        # return_exceptions: a failure must not leave the others half started behind our back.
        outcomes = await asyncio.gather(
            *(runnable.start() for part, runnable in self._running.items() if part in parts),
            return_exceptions=True,
        )
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome

    def log(self, part: str) -> Path:
        """The log file of a part."""
        return self.home / "log" / f"{part}.log"


def settings_of(name: str, state: Path = STATE) -> dict[str, str]:
    """The settings of a stack that runs elsewhere. Raises StackError where there is none."""
    if not (state.resolve() / name / "ports.json").exists():
        raise StackError(f"There is no stack in {state.resolve() / name}.")
    known = Stack(name, state=state)
    known.look()
    return known.settings


def _empty(home: Path) -> None:
    """Throw everything away but the lock we hold."""
    for entry in home.iterdir():
        if entry.name == LOCK_FILE:
            continue
        if entry.is_mount():
            _empty(entry)
        elif entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


if __name__ == "__main__":
    from local.up import run

    run()
