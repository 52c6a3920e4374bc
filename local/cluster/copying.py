"""How an operator copies and puts back on the cluster: by the very commands of `docs/operations.md`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from local.cluster.cluster import Cluster
from local.cluster.manual import Manual, commands
from models.vocabulary.stores import Store

COPIED: Final = "Copying (daily, and before every upgrade)"
PUT_BACK: Final = "Putting back"
RECONCILED: Final = "Reconcile"
DUMPS: Final[Mapping[Store, tuple[str, ...]]] = {
    Store.JOURNAL: ("monitoring.dump",),
    Store.WORKFLOW: ("temporal.dump", "temporal_visibility.dump"),
}
_COPIES: Final = "copies"


class ClusterCopying:
    """The operator of a cluster."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    @property
    def home(self) -> Path:
        return self._cluster.home

    async def copy(self, store: Store, to: Path) -> None:
        lines = [line for line in commands(COPIED) if line.endswith(DUMPS[store])]
        (to / _COPIES).mkdir(mode=0o700)
        await Manual(self._cluster, to).follow(lines)

    async def work_ends(self) -> None:
        """Temporal stops, too, as the manual has it, whichever store is put back."""
        await self._follow([line for line in commands(PUT_BACK) if " stop " in line])

    async def put_back(self, store: Store, copy: Path) -> None:
        await Manual(self._cluster, copy).follow(commands(PUT_BACK, *DUMPS[store]))

    async def work_begins(self) -> None:
        await self._follow([line for line in commands(PUT_BACK) if line.endswith(" up -d")])

    async def reconcile(self) -> tuple[int, str]:
        [line] = commands(RECONCILED, "--apply")
        return await Manual(self._cluster, self._cluster.home).tries(line)

    async def _follow(self, lines: list[str]) -> None:
        await Manual(self._cluster, self._cluster.home).follow(lines)
