"""Every two parts of a stack that speak with each other, and the relay between them."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from sqlalchemy.engine import make_url

from local.lines.relay import Relay
from local.ports import LOOPBACK, Claims, Port


class Line(StrEnum):
    """Who speaks with whom; the first one connects."""

    CLIENTS_API = "clients – API"
    API_POSTGRES = "API – PostgreSQL"
    API_TEMPORAL = "API – Temporal"
    WORKER_POSTGRES = "worker – PostgreSQL"
    WORKER_TEMPORAL = "worker – Temporal"
    WORKER_MAIL = "worker – mail server"


_LEADS_TO: Final[Mapping[Line, Port]] = {
    Line.CLIENTS_API: Port.API,
    Line.API_POSTGRES: Port.POSTGRES,
    Line.API_TEMPORAL: Port.TEMPORAL,
    Line.WORKER_POSTGRES: Port.POSTGRES,
    Line.WORKER_TEMPORAL: Port.TEMPORAL,
    Line.WORKER_MAIL: Port.SMTP,
}


class Lines:
    """One relay for each line."""

    def __init__(self, ports: Mapping[Port, int], claims: Claims) -> None:
        self._relays = {line: Relay(claims.choose(), ports[to]) for line, to in _LEADS_TO.items()}

    def __getitem__(self, line: Line) -> Relay:
        return self._relays[line]

    def __iter__(self) -> Iterator[Relay]:
        return iter(self._relays.values())

    @property
    def api_url(self) -> str:
        """Where clients find the API."""
        return f"http://{LOOPBACK}:{self[Line.CLIENTS_API].port}"

    async def open(self) -> None:
        for relay in self:
            await relay.open()

    async def close(self) -> None:
        for relay in self:
            await relay.close()

    def for_api(self, settings: Mapping[str, str]) -> dict[str, str]:
        """The API's environment, by its lines."""
        return _by(settings, database=self[Line.API_POSTGRES], temporal=self[Line.API_TEMPORAL])

    def for_worker(self, settings: Mapping[str, str]) -> dict[str, str]:
        """The worker's environment, by its lines."""
        led = _by(settings, database=self[Line.WORKER_POSTGRES], temporal=self[Line.WORKER_TEMPORAL])
        return {**led, "SMTP_URL": f"smtp://{LOOPBACK}:{self[Line.WORKER_MAIL].port}"}


def _by(settings: Mapping[str, str], *, database: Relay, temporal: Relay) -> dict[str, str]:
    url = make_url(settings["DATABASE_URL"]).set(port=database.port)
    return {
        **settings,
        "DATABASE_URL": url.render_as_string(hide_password=False),
        "TEMPORAL_ADDRESS": f"{LOOPBACK}:{temporal.port}",
    }
