"""Child processes of the local stack: started with a log, awaited, stopped, never orphaned."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NoReturn

import psutil

from activities.bounds.within import within
from local.launch import KEEP_USER

LAUNCHER = Path(__file__).with_name("launch.py")


class StackError(Exception):
    """The local stack cannot do what was asked; the message is for the person at the terminal."""


def leave(code: int) -> NoReturn:
    """End the program at once. The Temporal client's threads sometimes abort a normal interpreter exit."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


@contextmanager
def ended(process: asyncio.subprocess.Process) -> Iterator[None]:
    """A program that nobody waits for afterwards: killed where it still runs."""
    try:
        yield
    finally:
        if process.returncode is None:
            process.kill()


def below(pid: int | None) -> list[psutil.Process]:
    """What a program has started and what that has; nothing when it has ended meanwhile."""
    try:
        return psutil.Process(pid).children(recursive=True) if pid else []
    except psutil.NoSuchProcess:
        return []


def private_log(path: Path) -> IO[bytes]:
    """Open a log for appending that only its owner reads: it may hold addresses and links."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")


def tail(path: Path, lines: int = 20) -> str:
    """The last lines of a log, indented, for an error message."""
    try:
        text = path.read_text(errors="replace")
    except FileNotFoundError:
        return "    (no log)"
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:]) or "    (the log is empty)"


@dataclass
class Child:
    """One program run by the stack.

    Start it from the event loop's own thread, which must live as long as the child is wanted: the kernel ties
    the child to the *thread* that started it.
    """

    name: str
    argv: list[str]
    log: Path
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path = Path("/")
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    uid: int = KEEP_USER
    gid: int = KEEP_USER
    _process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self._process and self.running else None

    @property
    def running(self) -> bool:
        """True from start until the process has ended."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches only the stack, which stops its parts in order."""
        ids = [str(number) for number in (os.getpid(), int(self.death_signal), self.uid, self.gid)]
        with private_log(self.log) as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-S", str(LAUNCHER), *ids, *self.argv),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
                cwd=self.cwd,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **self.env},
                start_new_session=True,
            )

    async def finish(self, seconds: float) -> int:
        """Wait for a program that ends by itself; its exit code. Raises StackError when it takes longer."""
        assert self._process is not None, f"{self.name} was not started"
        try:
            return await asyncio.wait_for(self._process.wait(), seconds)
        except TimeoutError:
            await self.kill()
            raise self.failure(f"did not finish within {seconds:.0f} s") from None

    async def stop(self, grace: float = 20.0) -> None:
        """Ask it to stop, and kill it when it has not after `grace` seconds."""
        if not self._process or not self.running:
            return
        self._wake()
        self._process.send_signal(self.stop_signal)
        try:
            await asyncio.wait_for(self._process.wait(), grace)
        except TimeoutError:
            await self.kill()

    def _wake(self) -> None:
        """Whoever was made to stand still (SIGSTOP) hears nothing; nor does what it has started."""
        assert self._process is not None
        with suppress(psutil.NoSuchProcess):
            program = psutil.Process(self._process.pid)
            if program.status() == psutil.STATUS_STOPPED:
                for each in (*below(program.pid), program):
                    each.resume()

    async def kill(self) -> None:
        """SIGKILL, as on a bad day."""
        if self._process and self.running:
            self._process.kill()
            await self._process.wait()

    def listens(self, port: int) -> bool:
        """Whether it is this program that listens on a port of the loopback address.

        Whoever answers there may be another's: of two that were started at once, one has the port.
        """
        try:
            known = psutil.Process(self.pid).net_connections("tcp") if self.pid else []
        except psutil.NoSuchProcess:
            return False
        return any(c.status == psutil.CONN_LISTEN and c.laddr and c.laddr[1] == port for c in known)

    async def until(self, ready: Callable[[], Awaitable[bool]], seconds: float) -> None:
        """Wait until `ready()` holds. Raises StackError when the child ends first or the time is up."""
        try:
            await within(seconds, self._until(ready), f"{self.name} is ready")
        except TimeoutError:
            raise self.failure(f"was not ready within {seconds:.0f} s") from None

    async def _until(self, ready: Callable[[], Awaitable[bool]]) -> None:
        while not await ready():
            if not self.running:
                raise self.failure("ended before it was ready")
            await asyncio.sleep(0.05)

    def failure(self, what: str) -> StackError:
        """An error that says what happened and shows the end of the log."""
        return StackError(f"{self.name} {what}. The end of {self.log}:\n{tail(self.log)}")
