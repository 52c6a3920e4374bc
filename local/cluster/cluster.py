"""The services of docker-compose.yml on this machine: prepared, started in the order of their needs."""

import asyncio
import shutil
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from local.cluster.addresses import Network
from local.cluster.build import Workshop, go, lacks, release_of
from local.cluster.compose import ROOT, Compose, read
from local.cluster.images import image, major_of, missing, postgres_programs
from local.cluster.instance import Instance
from local.cluster.room import Room
from local.lock import InstanceLock
from local.mailbox import Mailbox
from local.ports import free_port
from local.process import Child, StackError, tail
from local.stack import LOCK_FILE, MAIL_FROM, STATE

SERVERS: Final = ("postgres", "temporal-schema", "temporal", "temporal-namespace")
"""What the system's own programs need."""
PROXY: Final = "proxy"
_PORT: Final = 8443
_DYNAMIC: Final = "./docker/temporal-dynamic-config.yaml"
_UI: Final = "temporal-ui"
_UI_PORT: Final = 8080
_KEPT: Final = {"bin", LOCK_FILE}
"""What outlives a reset: programs that took minutes to build."""
_OWNER: Final = "monitoring_owner"


class Database:
    """Where the cluster's PostgreSQL is, for whoever plays on it."""

    def __init__(self, address: str, secrets: Path) -> None:
        self._address, self._secrets = address, secrets

    def url(self) -> str:
        """As the tables' owner."""
        password = (self._secrets / "monitoring_owner_db_password").read_text().strip()
        return f"postgresql+psycopg://{_OWNER}:{password}@{self._address}:5432/monitoring"

    def of_temporal(self) -> str:
        """Temporal's own, as libpq has it."""
        password = (self._secrets / "temporal_db_password").read_text().strip()
        return f"postgresql://temporal:{password}@{self._address}:5432/temporal"


class Cluster:
    """One, under `.state/cluster`."""

    def __init__(
        self,
        state: Path = STATE,
        *,
        reset: bool = False,
        more: Mapping[str, str] | None = None,
        of_temporal: str = "",
    ) -> None:
        """`reset` throws the old data away first; `more` are values of `.env` besides the usual ones,
        `of_temporal` what its servers' dynamic configuration says besides the usual."""
        self.home = state.resolve() / "cluster"
        self.secrets = self.home / "secrets"
        self.workshop = Workshop(self.home)
        self.instances: dict[str, Instance] = {}
        self._reset = reset
        self._more = dict(more or {})
        self._of_temporal = of_temporal
        self._lock = InstanceLock(self.home / LOCK_FILE)
        self._mailbox: Mailbox | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def start(self, *services: str) -> None:
        """Start everything, or these alone. Raises StackError; what had started is stopped again."""
        self._lock.acquire()
        try:
            await self._prepare()
            await self.up(*services)
        except BaseException:
            await self.close()
            raise

    async def up(self, *services: str) -> None:
        """Of all, or of these, start what does not run, in the order of needs; jobs do their work again."""
        for names in self._compose.in_order():
            await _all_of([self._starts(name) for name in names if not services or name in services])

    async def stop(self, *services: str) -> None:
        """Orderly, all at once; the rest goes on."""
        await _all_of([each.stop() for each in self.of(*services)])

    async def build(self) -> None:
        """Build what is missing, one after another: a build fills the machine. Raises StackError that names
        all that this machine has not."""
        lacking = lacks(self.workshop, go(), missing(_postgres_major(read(None))))
        if lacking:
            raise StackError(lacking)
        for name in self.workshop.missing():
            await self.workshop.build(name)

    async def close(self) -> None:
        """Stop everything, whoever needs others first."""
        rounds = self._compose.in_order() if self.instances else []
        for names in reversed(rounds):
            await _all_of([each.stop() for each in self.of(*names)])
        self.instances.clear()
        if self._mailbox:
            await self._mailbox.stop()
        self._lock.release()

    def of(self, *services: str) -> Iterator[Instance]:
        """The instances of some services."""
        for service in services:
            yield from (each for each in self.instances.values() if each.name.rpartition("-")[0] == service)

    def dead(self) -> list[Instance]:
        """Those that ended although they should run."""
        return [
            each for each in self.instances.values() if not (each.running or each.room.service.makes_ready)
        ]

    def describe(self, words: str) -> None:
        """What a second one tells its user about this one."""
        self._lock.describe(words)

    @property
    def api_url(self) -> str:
        """The proxy's address, as PUBLIC_URL says it."""
        return f"https://{self.address(PROXY)}:{_PORT}"

    @property
    def temporal_ui_url(self) -> str:
        """Where auditors look at histories."""
        return f"http://{self.address(_UI)}:{_UI_PORT}"

    @property
    def mailbox(self) -> Mailbox:
        """Where letters come to."""
        assert self._mailbox, "the cluster has not started"
        return self._mailbox

    @property
    def certificate(self) -> Path:
        """What vouches for the proxy: nobody but itself."""
        return self.secrets / "tls_certificate"

    @property
    def postgres(self) -> Database:
        return Database(self.address("postgres"), self.secrets)

    def address(self, service: str) -> str:
        """Of a service's first instance."""
        return self._network.of(service)[0]

    def differs(self) -> str:
        """In what the machine differs from the file, in a sentence; empty where it does not."""
        wanted = _postgres_major(self._compose)
        programs = postgres_programs(wanted)
        here = major_of(programs) if programs else 0
        return "" if here == wanted else f"PostgreSQL {here} plays for the {wanted} that the file names."

    def log(self, name: str) -> Path:
        return self.home / "log" / f"{name}.log"

    async def _prepare(self) -> None:
        if self._reset:
            _empty(self.home)
        self.home.mkdir(parents=True, exist_ok=True)
        # The mail server stands outside, as in production; letters are read in it.
        self._mailbox = Mailbox(self.home / "mailbox", http_port=free_port())
        await self._mailbox.start()
        as_written = read(None).enabled()
        self._network = Network(
            {name: service.replicas for name, service in as_written.services.items()}, self.home / "network"
        )
        await self._make_secrets(self._mailbox.smtp_url)
        self._compose = self._configured(read(self._values()).enabled())

    def _configured(self, compose: Compose) -> Compose:
        """With what is said to Temporal's servers besides the file of its dynamic configuration."""
        if not self._of_temporal:
            return compose
        temporal, written = compose.services["temporal"], self.home / Path(_DYNAMIC).name
        written.write_text(f"{(ROOT / _DYNAMIC).read_text()}\n{self._of_temporal}")
        volumes = [each.replace(_DYNAMIC, str(written)) for each in temporal.volumes]
        told = temporal.model_copy(update={"volumes": volumes})
        return compose.model_copy(update={"services": {**compose.services, "temporal": told}})

    async def _make_secrets(self, smtp_url: str) -> None:
        """By the same script as in production; the mail server's address is written by the operator."""
        self.secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.secrets / "smtp_url").write_text(smtp_url)
        argv = ["sh", str(ROOT / "docker" / "secrets.sh"), str(self.secrets), self.address(PROXY)]
        script = Child("docker/secrets.sh", argv, self.log("secrets"))
        await script.start()
        if await script.finish(60):
            raise script.failure("failed")

    def _values(self) -> Mapping[str, str]:
        """What `.env` says in production."""
        return {
            "PUBLIC_URL": self.api_url,
            "MAIL_FROM": MAIL_FROM,
            "TEMPORAL_UI_ORIGIN": self.temporal_ui_url,
            "SECRETS": str(self.secrets),
            # Where the proxy's connections come from here.
            "FORWARDED_ALLOW_IPS": "127.0.0.0/8",
            **self._more,
        }

    async def _starts(self, service: str) -> None:
        if not any(self.of(service)):
            numbers = range(self._compose.services[service].replicas)
            new = [self._instance(service, number) for number in numbers]
            self.instances |= {instance.name: instance for instance in new}
        await _all_of([instance.start() for instance in self.of(service) if not instance.running])

    def _instance(self, name: str, number: int) -> Instance:
        service, address = self._compose.services[name], self._network.of(name)[number]
        played, host = image(service.image, self.workshop), f"{name}-{number + 1}"
        room = Room(
            host, address, service, played, self._compose, self.home, self._network.hosts(host, address)
        )
        return Instance(room, self.log(host))

    def said_by(self, instance: Instance) -> str:
        """The end of its log."""
        return tail(self.log(instance.name))


async def _all_of(works: Sequence[Coroutine[None, None, None]]) -> None:
    """All at once; the first fault is told when all have ended, so that none goes on behind our back."""
    for outcome in await asyncio.gather(*works, return_exceptions=True):
        if isinstance(outcome, BaseException):
            raise outcome


def _postgres_major(compose: Compose) -> int:
    return int(release_of(compose.services["postgres"].image).split(".")[0])


def _empty(home: Path) -> None:
    for entry in home.iterdir() if home.exists() else ():
        if entry.name in _KEPT:
            continue
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
