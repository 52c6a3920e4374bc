"""A worker as a process: figures served where it was told, spans sent where it was told, all lines JSON."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from local.mailbox import Mailbox
from local.ports import LOOPBACK, free_port
from local.programs import Worker
from local.secret import lasting_secret
from local.temporal import NAMESPACE, Temporal
from models.proof.archive import ArchiveOrder
from models.settings.environment import Settings
from models.vocabulary.queues import Queue
from tests.fixtures.stack import SeededDatabase
from tests.observing.conftest import SECRET
from tests.observing.test_alerts import OF_THE_SDK
from tests.waiting import eventually
from workflows.client import connect


class Collector(ThreadingHTTPServer):
    """Takes what is sent as a collector of OpenTelemetry does (OTLP over HTTP)."""

    def __init__(self) -> None:
        super().__init__((LOOPBACK, 0), _Taking)
        self.taken: list[tuple[str, bytes]] = []


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Collector)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *said: object) -> None:
        """Nothing."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    server = Collector()
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield server
    server.shutdown()
    server.server_close()


def _has_run(activity: str, told: str) -> bool:
    """The keepers' own activities are counted, too: any of them may have run before it."""
    timed = re.findall(r"^temporal_activity_execution_latency_seconds_count\{(.*)\}", told, re.MULTILINE)
    return any(f'activity_type="{activity}"' in labels for labels in timed)


async def test_a_worker_serves_its_figures_and_says_nothing_but_json(
    seeded_database: SeededDatabase, mailbox: Mailbox, collector: Collector, tmp_path: Path
) -> None:
    temporal = Temporal(tmp_path / "temporal", in_memory=True)
    await temporal.start()
    ours, the_sdks = (f"{LOOPBACK}:{free_port()}" for _ in range(2))
    settings = {
        "DATABASE_URL": seeded_database.url,
        "TEMPORAL_ADDRESS": temporal.address,
        "TEMPORAL_NAMESPACE": NAMESPACE,
        "SMTP_URL": mailbox.smtp_url,
        "LINK_SECRET": SECRET,
        "SIGNING_KEY": lasting_secret(tmp_path / "signing"),
        "LOG_FORMAT": "json",
        "METRICS_ADDRESS": ours,
        "TEMPORAL_METRICS_ADDRESS": the_sdks,
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://{LOOPBACK}:{collector.server_port}",
    }
    log = tmp_path / "worker.log"
    worker = Worker(log, settings)
    await worker.start()
    async with httpx.AsyncClient() as client:

        async def served(address: str) -> str:
            return (await client.get(f"http://{address}/metrics")).text

        figures = await served(ours)
        assert "monitoring_build_info{" in figures
        assert 'monitoring_database_connections{state="most"} 20.0' in figures

        # What failed or ran is there once it did: a task of a workflow nobody knows, an archiving in vain.
        asked = await connect(Settings(temporal_address=temporal.address))
        await asked.start_workflow("NobodyKnows", id="unknown", task_queue=Queue.PROCEDURE.value)
        order = ArchiveOrder(workflow_id="monitoring/2026-UO-0001", run_id=str(uuid4()))
        await asked.start_workflow("ArchiveWorkflow", order, id="in-vain", task_queue=Queue.PROCEDURE.value)

        async def of_the_sdk() -> bool:
            told = await served(the_sdks)
            return all(f"{name}{{" in told for name in OF_THE_SDK) and _has_run("archive_run", told)

        await eventually(of_the_sdk, f"the SDK serves {sorted(OF_THE_SDK)}, and archiving has been tried")
    await worker.stop()
    await temporal.stop()
    assert {path for path, _ in collector.taken} == {"/v1/traces"}
    assert any(b"activity archive_run" in body for _, body in collector.taken)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {"working", "metrics_served"} <= {line["code"] for line in lines}
    assert all({"time", "level", "code", "message", "logger", "build"} <= line.keys() for line in lines)
