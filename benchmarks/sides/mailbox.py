"""The mail server that every side sends to: the same program, a process of its own for each."""

import sys
from pathlib import Path

from local.ports import LOOPBACK, free_port
from local.process import Child
from local.programs import ROOT


class MailServer:
    """`python -m local.mailbox` under a directory."""

    def __init__(self, home: Path) -> None:
        self.letters = home / "letters"
        self._port, view = free_port(), free_port()
        ports = ("--smtp-port", str(self._port), "--http-port", str(view))
        argv = [sys.executable, "-m", "local.mailbox", "--directory", str(self.letters), *ports]
        self._child = Child("The mailbox", argv, home / "log" / "mailbox.log", cwd=ROOT)

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._child.pid is not None, "the mailbox runs"
        return self._child.pid

    @property
    def port(self) -> int:
        """Where it takes letters, on loopback."""
        return self._port

    @property
    def url(self) -> str:
        """For SMTP_URL."""
        return f"smtp://{LOOPBACK}:{self._port}"

    async def start(self) -> None:
        """Start it and wait until it listens."""
        await self._child.start()

        async def listens() -> bool:
            return self._child.listens(self._port)

        await self._child.until(listens, 30)

    async def stop(self) -> None:
        """End it; the letters stay."""
        await self._child.stop()
