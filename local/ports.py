"""Ports on loopback: the usual one if it is free, another if it is taken, the same one after a restart."""

import json
import random
import socket
from collections.abc import Mapping
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


def choose_ports(memory: Path, usual: Mapping[Port, int] = USUAL) -> dict[Port, int]:
    """A free port for each listener, remembered in a file: links in yesterday's letters still work today."""
    known = json.loads(memory.read_text()) if memory.exists() else {}
    chosen: dict[Port, int] = {}
    for port in Port:
        preferred = [known.get(port), usual.get(port)]
        number = free_port(*(p for p in preferred if p and p not in chosen.values()))
        while number in chosen.values():
            number = free_port()
        chosen[port] = number
    memory.write_text(json.dumps(chosen))
    return chosen
