"""What one of a thing asks of the two stores: statements, transactions, WAL, requests, history events."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from temporalio.client import Client

from benchmarks.measuring.requests import requests
from benchmarks.measuring.statements import SETTINGS, StatementLog, Statements
from benchmarks.sides.product import Product
from local.temporal import NAMESPACE

WAL = "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn"
KNOWN = "SELECT workflow_id FROM monitorings"


@dataclass(frozen=True)
class Counted:
    """So far, or of some work."""

    at: float
    statements: Statements
    wal_bytes: float
    requests: float
    events: int

    def since(self, before: "Counted") -> "Counted":
        """What came between."""
        return Counted(
            self.at - before.at,
            self.statements - before.statements,
            self.wal_bytes - before.wal_bytes,
            self.requests - before.requests,
            self.events - before.events,
        )


@dataclass(frozen=True)
class Each:
    """Of one unit, with what the clock asks for in the same time left out."""

    statements: float
    idle_statements: float
    transactions: float
    wal_kilobytes: float
    requests: float
    events: float


def each(work: Counted, quiet: Counted, count: int) -> Each:
    """`quiet` is a stretch in which nobody asked for anything: so much a second is the keepers' own."""
    passed = work.at / quiet.at

    def one(figure: float, of_the_clock: float) -> float:
        return (figure - of_the_clock * passed) / count

    return Each(
        one(work.statements.sent, quiet.statements.sent),
        one(work.statements.idle, quiet.statements.idle),
        one(work.statements.transactions, quiet.statements.transactions),
        one(work.wal_bytes, quiet.wal_bytes) / 1000,
        one(work.requests, quiet.requests),
        work.events / count,
    )


class Counter:
    """Counts on one build that publishes its requests."""

    def __init__(self, product: Product, log: StatementLog, client: Client) -> None:
        self._product, self._log, self._client = product, log, client

    @classmethod
    async def of(cls, product: Product) -> "Counter":
        """Have its PostgreSQL tell every statement from now on."""
        for setting in SETTINGS:
            await product.server_rows(setting)
        log = StatementLog(product.told.postgres_log, "monitoring")
        return cls(product, log, await Client.connect(product.told.temporal, namespace=NAMESPACE))

    async def now(self) -> Counted:
        """Everything so far. What this asks itself is of another database and by the clock."""
        ((wal,),) = await self._product.server_rows(WAL)
        assert self._product.metrics_port, "the build was started counted"
        counted = self._log.counted()
        asked = await requests(self._product.metrics_port)
        return Counted(time.monotonic(), counted, float(str(wal)), asked, await self._events())

    async def _events(self) -> int:
        """Of all histories of monitorings."""
        return sum([await self._length(str(known)) for (known,) in await self._known()])

    async def _length(self, workflow_id: str) -> int:
        return (await self._client.get_workflow_handle(workflow_id).describe()).history_length

    async def _known(self) -> Sequence[tuple[object, ...]]:
        return await self._product.rows(KNOWN)
