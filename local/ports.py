"""Ports on loopback: the usual one if it is free, another if it is taken, the same one after a restart.

Between choosing a port and listening on it others choose, too. So a stack claims its ports from other stacks
for as long as it runs, and asks of who answers on one whether it is the program it started (`Child.listens`).
"""

import fcntl
import json
import os
import random
import socket
import tempfile
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

LOOPBACK = "127.0.0.1"


class Port(StrEnum):
    """What listens."""

    POSTGRES = "postgres"
    TEMPORAL = "temporal"
    TEMPORAL_UI = "temporal_ui"
    SMTP = "smtp"
    MAILBOX = "mailbox"
    API = "api"


USUAL: Mapping[Port, int] = {
    Port.POSTGRES: 55432,
    Port.TEMPORAL: 7233,
    Port.TEMPORAL_UI: 8233,
    Port.SMTP: 1025,
    Port.MAILBOX: 8025,
    Port.API: 8000,
}


def is_free(port: int) -> bool:
    """True when nothing listens on the port of the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as candidate:
        # As servers do: a connection lingering from the last run does not make the port taken.
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


BY_CHANCE = range(20_000, 32_000)
"""Below the ports that systems give to outgoing connections: one of these could take a chosen port before the
server that it was chosen for listens on it."""


def free_port(*preferred: int) -> int:
    """The first free of the preferred ports, else any free one of `BY_CHANCE`."""
    for port in preferred:
        if is_free(port):
            return port
    while not is_free(chosen := random.choice(BY_CHANCE)):
        pass
    return chosen


class Claims:
    """Ports that no other stack of this user may choose, until they are released or this process ends."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.gettempdir()) / f"monitoring-ports-{os.getuid()}"
        self._held: dict[int, int] = {}  # descriptor by port

    def claim(self, port: int) -> bool:
        """Whether it is ours now."""
        if port in self._held:
            return True
        self._folder.mkdir(mode=0o700, exist_ok=True)
        # The file stays when it is given back: removing it would let two processes hold the same claim.
        descriptor = os.open(self._folder / str(port), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._held[port] = descriptor
        return True

    def release(self) -> None:
        """Give all of them back."""
        for descriptor in self._held.values():
            os.close(descriptor)
        self._held.clear()

    def choose(self, *preferred: int) -> int:
        """The first of the preferred ports that is free and unclaimed, else any other such; claimed."""
        for port in preferred:
            if port not in self._held and is_free(port) and self.claim(port):
                return port
        while (chosen := free_port()) in self._held or not self.claim(chosen):
            pass
        return chosen


def choose_ports(memory: Path, claims: Claims, usual: Mapping[Port, int] = USUAL) -> dict[Port, int]:
    """A free port for each listener, remembered in a file: links in yesterday's letters still work today."""
    known = json.loads(memory.read_text()) if memory.exists() else {}
    preferred = {port: (known.get(port), usual.get(port)) for port in Port}
    chosen = {port: claims.choose(*_given(wishes)) for port, wishes in preferred.items()}
    memory.write_text(json.dumps(chosen))
    return chosen


def _given(wishes: Iterable[int | None]) -> Iterable[int]:
    return (port for port in wishes if port)
