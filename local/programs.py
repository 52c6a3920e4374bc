"""The project's own programs as parts of the stack: migrations, worker and API."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import httpx
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from activities.bounds.within import within
from local.ports import LOOPBACK, is_free
from local.process import Child, StackError

ROOT = Path(__file__).parent.parent
START_SECONDS = 60.0
MIGRATION_SECONDS = 120.0
# No access log: addresses of reply pages carry their token.
SERVED = ("--no-access-log", "--loop", "uvloop", "--http", "api.http.heads:BoundedHeads")

# The worker is ready when it asks for work on each of its queues.
POLLED = (
    ("procedure", TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
    ("procedure", TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
    ("mail", TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
    ("documents", TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
    ("webhooks", TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
    ("webhooks", TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
)


async def migrate(database_url: str, log: Path) -> None:
    """Bring a database to the newest schema. Raises StackError with the end of Alembic's log."""
    alembic = Child(
        name="The migration",
        argv=[sys.executable, "-m", "alembic", "upgrade", "head"],
        log=log,
        env={"DATABASE_URL": database_url},
        cwd=ROOT,
    )
    await alembic.start()
    if await alembic.finish(MIGRATION_SECONDS):
        raise alembic.failure("failed")


class Worker:
    """`python worker.py`: workflows and activities."""

    def __init__(self, log: Path, settings: Mapping[str, str]) -> None:
        self._address, self._namespace = settings["TEMPORAL_ADDRESS"], settings["TEMPORAL_NAMESPACE"]
        self._child = Child("The worker", [sys.executable, "worker.py"], log, settings, ROOT)

    @property
    def running(self) -> bool:
        """True while the process lives."""
        return self._child.running

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._child.pid

    async def start(self) -> None:
        """Start it and wait until it asks for work on every queue."""
        started = datetime.now(UTC)
        await self._child.start()
        # It asks about queues only: no payload passes through this client.
        client = await Client.connect(self._address, namespace=self._namespace)

        async def polls() -> bool:
            seen = [await _last_poll(client, queue, kind) for queue, kind in POLLED]
            return all(moment is not None and moment >= started for moment in seen)

        await self._child.until(polls, START_SECONDS)

    async def stop(self) -> None:
        """Let it finish what it does, then end."""
        await self._child.stop(grace=30.0)

    async def kill(self) -> None:
        """SIGKILL: Temporal gives its work to the next worker."""
        await self._child.kill()


class Api:
    """The HTTP API under uvicorn."""

    def __init__(self, log: Path, settings: Mapping[str, str], port: int) -> None:
        self.url = f"http://{LOOPBACK}:{port}"
        self._port = port
        options = ["--factory", "--host", LOOPBACK, "--port", str(port), *SERVED]
        argv = [sys.executable, "-m", "uvicorn", "api.app:create_app", *options]
        self._child = Child("The API", argv, log, settings, ROOT)

    @property
    def running(self) -> bool:
        """True while the process lives."""
        return self._child.running

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._child.pid

    async def start(self) -> None:
        """Start it and wait until it answers: it, and not whoever else may have its port by then.

        Raises StackError when another program has the port.
        """
        if not is_free(self._port):
            raise StackError(f"The API's port {self._port} is taken.")
        await self._child.start()
        async with httpx.AsyncClient(base_url=self.url, timeout=2.0) as client:

            async def answers() -> bool:
                if not self._child.listens(self._port):
                    return False
                try:
                    return (await client.get("/api/v1/health/live")).is_success
                except httpx.TransportError:
                    return False

            await self._child.until(answers, START_SECONDS)

    async def stop(self) -> None:
        """Let it finish its requests, then end."""
        await self._child.stop()

    async def kill(self) -> None:
        """SIGKILL in the middle of requests."""
        await self._child.kill()


async def _last_poll(client: Client, queue: str, kind: TaskQueueType.ValueType) -> datetime | None:
    """When a worker last asked this queue for work. Dead pollers stay listed, hence the time."""
    request = DescribeTaskQueueRequest(
        namespace=client.namespace, task_queue=TaskQueue(name=queue), task_queue_type=kind
    )
    try:
        asked = client.workflow_service.describe_task_queue(request)
        answer = await within(5, asked, f"the queue {queue} is described")
    except (RPCError, TimeoutError):
        return None
    moments = [poller.last_access_time.ToDatetime(UTC) for poller in answer.pollers]
    return max(moments, default=None)
