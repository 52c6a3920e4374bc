"""Stories on the cluster's Temporal servers, in virtual time, each in a namespace of its own."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

from local.cluster.cluster import SERVERS, Cluster
from local.process import StackError, ended
from local.programs import ROOT
from models.vocabulary.base import Model

ON_CLUSTER: Final = "--on-cluster"
"""pytest's option: the cluster's folder."""
STORIES: Final = ("tests/workflows", "tests/bad_days", "tests/reconciliation")
VIRTUAL: Final = """
frontend.WorkflowTimeSkippingEnabled:
  - value: true
# A namespace that a story makes is known within the second.
system.namespaceCacheRefreshInterval:
  - value: 1s
"""
_AT_ONCE: Final = ("-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder")
_TOLD: Final = "played.json"


class Played(Model):
    """What a story needs to know of the cluster."""

    temporal: str
    """Host and port of a server."""
    store: str
    """The URL of the servers' own database, with its password."""

    @classmethod
    def of(cls, home: Path) -> Self:
        """Of the cluster that runs in a folder. Raises StackError where none does."""
        file = home / _TOLD
        if not file.exists():
            raise StackError(f"No cluster is played on in {home}.")
        return cls.model_validate_json(file.read_text())

    def tell(self, home: Path) -> None:
        """For its owner alone."""
        file = home / _TOLD
        file.touch(mode=0o600)
        file.write_text(self.model_dump_json())


async def play(cluster: Cluster, chosen: Sequence[str]) -> int:
    """Start its servers and play; pytest's exit code. Raises StackError where they do not start."""
    await cluster.start(*SERVERS)
    temporal = f"{cluster.address('temporal')}:7233"
    Played(temporal=temporal, store=cluster.postgres.of_temporal()).tell(cluster.home)
    words = (*_AT_ONCE, ON_CLUSTER, str(cluster.home), *(chosen or STORIES))
    played = await asyncio.create_subprocess_exec(sys.executable, "-m", "pytest", *words, cwd=ROOT)
    with ended(played):
        return await played.wait()
