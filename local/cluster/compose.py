"""docker-compose.yml, read: what is asked of each service, with the values of an environment filled in.

Only what the file uses is understood. A key that is not known here is refused, so that nothing is left out
silently.
"""

import re
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Annotated, Final, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from local.process import StackError

ROOT: Final = Path(__file__).parents[2]
COMPOSE: Final = ROOT / "docker-compose.yml"
_VARIABLE: Final = re.compile(
    r"\$(?:(?P<escaped>\$)|\{(?P<name>[A-Z_]+)(?:(?P<how>:[-?])(?P<otherwise>[^}]*))?\})"
)
_SECONDS: Final = re.compile(r"(?:(\d+)m)?(?:(\d+)s)?")


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _seconds(written: object) -> object:
    """`1m30s`, as the file writes it."""
    found = _SECONDS.fullmatch(written) if isinstance(written, str) else None
    return int(found[1] or 0) * 60 + int(found[2] or 0) if found else written


Seconds = Annotated[float, BeforeValidator(_seconds)]
Condition = Literal["service_started", "service_healthy", "service_completed_successfully"]


class Wait(Shape):
    condition: Condition


class Healthcheck(Shape):
    test: list[str]  # CMD and its words
    interval: Seconds
    timeout: Seconds
    retries: int
    start_period: Seconds = 0

    @property
    def argv(self) -> list[str]:
        return self.test[1:]


class Granted(Shape):
    """A secret, and the name of its file in the container."""

    source: str
    target: str


def _granted(written: object) -> object:
    return {"source": written, "target": written} if isinstance(written, str) else written


Secret = Annotated[Granted, BeforeValidator(_granted)]


class Limits(Shape):
    cpus: str
    memory: str
    pids: int


class Resources(Shape):
    limits: Limits


class Deploy(Shape):
    replicas: int = 1
    resources: Resources


class Logging(Shape):
    driver: str
    options: dict[str, str]


def _words(written: object) -> object:
    return written.split() if isinstance(written, str) else written


class Service(Shape):
    """One service; what is not said is as a container engine has it."""

    image: str
    build: str = ""
    profiles: list[str] = []
    restart: str = "no"
    read_only: bool = False
    user: str = ""
    tmpfs: list[str] = []
    cap_drop: list[str] = []
    security_opt: list[str] = []
    logging: Logging | None = None
    environment: dict[str, str] = {}
    secrets: list[Secret] = []
    command: Annotated[list[str], BeforeValidator(_words)] = []
    stop_grace_period: Seconds = 10
    shm_size: str = ""
    depends_on: dict[str, Wait] = {}
    deploy: Deploy | None = None
    volumes: list[str] = []
    ports: list[str] = []
    networks: list[str] = []
    healthcheck: Healthcheck | None = None

    @property
    def replicas(self) -> int:
        return self.deploy.replicas if self.deploy else 1

    @property
    def makes_ready(self) -> bool:
        """Whether it is a job that ends by itself rather than something that runs."""
        return self.restart.startswith("on-failure")


class SecretFile(Shape):
    file: str


class Network(Shape):
    internal: bool = False
    ipam: dict[str, list[dict[str, str]]] = {}


class Compose(BaseModel):
    """The whole file, without what only repeats itself in it (`x-…`)."""

    model_config = ConfigDict(frozen=True)

    name: str
    services: dict[str, Service]
    networks: dict[str, Annotated[Network, BeforeValidator(lambda written: written or {})]]
    volumes: dict[str, object]
    secrets: dict[str, SecretFile] = Field(repr=False)

    def enabled(self, *profiles: str) -> "Compose":
        """With the services of no profile and of these alone."""
        chosen = {
            name: service
            for name, service in self.services.items()
            if not service.profiles or set(service.profiles) & set(profiles)
        }
        return self.model_copy(update={"services": chosen})

    def in_order(self) -> list[tuple[str, ...]]:
        """Services by rounds: each needs only those of earlier rounds."""
        sorter = TopologicalSorter({name: service.depends_on for name, service in self.services.items()})
        sorter.prepare()
        rounds = []
        while sorter.is_active():
            ready = sorter.get_ready()
            rounds.append(tuple(sorted(ready)))
            sorter.done(*ready)
        return rounds


def read(given: Mapping[str, str] | None, path: Path = COMPOSE) -> Compose:
    """The file with an environment's values; with None as it is written, `${…}` and all.

    Raises StackError that names the variable which is missing.
    """
    written = yaml.safe_load(path.read_text())
    return Compose.model_validate(written if given is None else _filled(written, given))


def _filled(written: object, given: Mapping[str, str]) -> object:
    if isinstance(written, dict):
        return {key: _filled(value, given) for key, value in written.items()}
    if isinstance(written, list):
        return [_filled(value, given) for value in written]
    return _with_values(written, given) if isinstance(written, str) else written


def _with_values(text: str, given: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        if found["escaped"]:
            return "$"
        known = given.get(found["name"], "")
        if not known and found["how"] == ":?":
            raise StackError(f"{found['name']} is not set: {found['otherwise']}.")
        return known or (found["otherwise"] or "")

    return _VARIABLE.sub(value, text)
