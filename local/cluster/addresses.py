"""Where services are: each instance has a loopback address of its own, with the ports of the file.

A container has a network of its own, in which `0.0.0.0` and `localhost` are itself and other services are
names. Here all of 127.0.0.0/8 is this machine; so what a container says of itself is replaced by its
instance's address, and names are told to each instance by its own `/etc/hosts`, a line for each instance that
bears the name.
"""

import re
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from local.process import StackError

_ITSELF: Final = re.compile(r"\b(?:0\.0\.0\.0|127\.0\.0\.1|localhost)\b")
_NETWORKS: Final = range(64, 128)
_TRIED: Final = 5432  # the port of the first instance, which is the database


class Network:
    """`127.77.N.*`, a number for each instance in the order of the file; the same again after a restart."""

    def __init__(self, instances: Mapping[str, int], memory: Path) -> None:
        """`instances`: how many of each service. The network's number is remembered in a file."""
        number = int(memory.read_text()) if memory.exists() else self._free()
        memory.write_text(str(number))
        self._by_service: dict[str, list[str]] = {}
        last = 0
        for service, count in instances.items():
            chosen = [f"127.77.{number}.{last + each}" for each in range(1, count + 1)]
            self._by_service[service], last = chosen, last + count

    @staticmethod
    def _free() -> int:
        for number in _NETWORKS:
            with socket.socket() as candidate:
                # As servers do: what lingers from the last run does not make it taken.
                candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    candidate.bind((f"127.77.{number}.1", _TRIED))
                except OSError:
                    continue
                return number
        raise StackError("No network of 127.77.0.0/16 is free: do so many clusters run?")

    def of(self, service: str) -> Sequence[str]:
        """The addresses of a service's instances."""
        return self._by_service[service]

    def hosts(self, host: str, address: str) -> str:
        """`/etc/hosts` as one instance sees it."""
        names = [f"{each} {service}" for service, addresses in self._by_service.items() for each in addresses]
        return "\n".join([f"{address} {host} localhost", *names, ""])


def itself(text: str, address: str) -> str:
    """What an instance says of itself, by its address."""
    return _ITSELF.sub(address, text)
