"""The cluster as a ground for drills: of two of a kind one dies, and it is another's turn the next time."""

from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Final

from local.cluster.cluster import Cluster, Database
from local.cluster.instance import Instance
from local.mailbox import Mailbox
from local.stack import Part
from local.temporal import NAMESPACE

_SERVICES: Final[Mapping[Part, tuple[str, ...]]] = {
    Part.POSTGRES: ("postgres",),
    Part.TEMPORAL: ("temporal",),
    Part.WORKER: ("worker-procedure", "worker-mail", "worker-documents", "worker-webhooks"),
    Part.API: ("api",),
}
_SECRETS: Final = ("link_secret", "payload_keys", "signing_key")


class ClusterGround:
    """A running cluster."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._turns = {part: count() for part in _SERVICES}

    @property
    def home(self) -> Path:
        return self._cluster.home

    @property
    def api_url(self) -> str:
        return self._cluster.api_url

    @property
    def mailbox(self) -> Mailbox:
        return self._cluster.mailbox

    @property
    def postgres(self) -> Database:
        return self._cluster.postgres

    @property
    def settings(self) -> Mapping[str, str]:
        """What whoever judges needs: the stores, and what signs and encrypts."""
        secrets = {name.upper(): (self._cluster.secrets / name).read_text().strip() for name in _SECRETS}
        return {
            **secrets,
            "DATABASE_URL": self.postgres.url(),
            "TEMPORAL_ADDRESS": f"{self._cluster.address('temporal')}:7233",
            "TEMPORAL_NAMESPACE": NAMESPACE,
            "PUBLIC_URL": self.api_url,
        }

    @property
    def lines(self) -> None:
        """Instances speak with each other by the names of the file."""

    def pid(self, part: Part) -> int | None:
        """Of one of the kind; another's the next time."""
        kind = self._of(part)
        return kind[next(self._turns[part]) % len(kind)].pid

    async def kill(self, part: Part) -> None:
        """SIGKILL of one of the kind."""
        if part is Part.MAILBOX:
            await self.mailbox.kill()
            return
        kind = self._of(part)
        await kind[next(self._turns[part]) % len(kind)].kill()

    async def start(self, part: Part) -> None:
        """Start whatever is dead of the kind."""
        if part is Part.MAILBOX:
            if not self.mailbox.running:
                await self.mailbox.start()
            return
        for instance in self._of(part):
            if not instance.running:
                await instance.start()

    def dead_parts(self) -> Sequence[Part]:
        dead = [part for part in _SERVICES if not all(each.running for each in self._of(part))]
        return dead if self.mailbox.running else [*dead, Part.MAILBOX]

    def _of(self, part: Part) -> Sequence[Instance]:
        return list(self._cluster.of(*_SERVICES[part]))
