"""How a program tells what it does: the form of its logs, and where its figures are fetched."""

from enum import StrEnum

from models.vocabulary.base import Model


class LogFormat(StrEnum):
    JSON = "json"  # an object a line, for machines
    TEXT = "text"  # a sentence a line, for people


class BadAddress(ValueError):
    """What is set is no `host:port`."""


class ListenAddress(Model):
    """Where a program listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def listen_address(setting: str, written: str) -> ListenAddress | None:
    """Read `host:port`; nothing where nothing is written. Raises BadAddress, which names the setting."""
    if not written:
        return None
    host, _, port = written.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise BadAddress(f"{setting} is not host:port, e.g. 127.0.0.1:9464")
    return ListenAddress(host=host, port=int(port))
