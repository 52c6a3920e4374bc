"""The whole product in this process, and all it says: its lines, its spans, its figures."""

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic import SecretStr
from temporalio.client import Client

from activities.database.sessions import Sessions, engine_for, sessions_for
from activities.letters.smtp import SmtpClient
from activities.observing.logs import formatter_of
from activities.observing.metrics import REGISTRY
from activities.observing.tracing import export_to, stop_tracing
from activities.sign_in.post import SignInPost
from local.mailbox import Mailbox
from local.temporal import Temporal
from models.settings.environment import Settings
from models.settings.observing import LogFormat
from tests.fixtures.application import application
from tests.fixtures.stack import SeededDatabase
from worker import workers_for
from workflows.client import connect

BUILD = "0.1.0+of-a-test"
SECRET = "c2VjcmV0LW9mLXRoZXNlLXRlc3RzLWFuZC1uby1vdGhlcg"
SIGNING_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
Line = dict[str, object]


@dataclass
class Heard:
    """What was said since: every line of every logger, as a machine reads it."""

    written: io.StringIO = field(default_factory=io.StringIO)

    @property
    def lines(self) -> list[Line]:
        return [json.loads(line) for line in self.written.getvalue().splitlines()]

    def of(self, code: str) -> list[Line]:
        return [line for line in self.lines if line["code"] == code]


@dataclass
class Product:
    """API, workers and mail, over a real PostgreSQL and a real Temporal."""

    client: httpx.AsyncClient
    temporal: Client
    tokens: dict[str, str]
    sessions: Sessions
    mailbox: Mailbox
    post: SignInPost
    heard: Heard
    spans: InMemorySpanExporter

    async def call(
        self, who: str, method: str, path: str, headers: dict[str, str] | None = None, **options: object
    ) -> httpx.Response:
        by = {"Authorization": f"Bearer {self.tokens[who]}", **(headers or {})}
        return await self.client.request(method, f"/api/v1{path}", headers=by, **options)  # type: ignore[arg-type]

    def traced(self) -> tuple[ReadableSpan, ...]:
        return self.spans.get_finished_spans()


def figure(name: str, **labels: str) -> float:
    """A figure as Prometheus would read it now; 0 where it was never counted."""
    return REGISTRY.get_sample_value(f"monitoring_{name}", labels) or 0.0


@pytest.fixture
def heard() -> Iterator[Heard]:
    """As in production, and everything of ours besides."""
    listened = Heard()
    handler = logging.StreamHandler(listened.written)
    handler.setFormatter(formatter_of(LogFormat.JSON, BUILD))
    root, ours = logging.getLogger(), [logging.getLogger(name) for name in ("api", "activities", "mail")]
    before = [(logger, logger.level) for logger in (root, *ours)]
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for logger in ours:
        logger.setLevel(logging.DEBUG)
    yield listened
    root.removeHandler(handler)
    for logger, level in before:
        logger.setLevel(level)


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    export_to(SimpleSpanProcessor(exporter), "test", BUILD)
    yield exporter
    stop_tracing()


@pytest_asyncio.fixture
async def product(
    seeded_database: SeededDatabase,
    mailbox: Mailbox,
    tmp_path: Path,
    heard: Heard,
    spans: InMemorySpanExporter,
) -> AsyncIterator[Product]:
    server = Temporal(tmp_path / "temporal", in_memory=True)
    await server.start()
    settings = Settings(
        database_url=seeded_database.url,
        temporal_address=server.address,
        smtp_url=SecretStr(mailbox.smtp_url),
        link_secret=SecretStr(SECRET),
        signing_key=SecretStr(SIGNING_KEY),
        public_url="http://monitoring.example.kz",
    )
    engine = engine_for(seeded_database.url)
    sessions = sessions_for(engine)
    temporal = await connect(settings)
    async with SmtpClient(settings.smtp_url) as smtp:
        workers = workers_for(temporal, sessions, settings, smtp)
        for worker in workers:
            await worker.__aenter__()
        async with application(settings) as app:
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://monitoring.example.kz"
            ) as client:
                post = SignInPost(sessions, settings, smtp)
                of = (client, temporal, seeded_database.tokens, sessions, mailbox, post, heard, spans)
                yield Product(*of)
        for worker in workers:
            await worker.__aexit__(None, None, None)
    await engine.dispose()
    await server.stop()
