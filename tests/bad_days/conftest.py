"""Parts that may break: a worker that is a process, a database that is this test's alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from local.mailbox import Mailbox
from local.postgres import Postgres
from local.programs import Worker, migrate
from local.secret import lasting_secret
from tests.fixtures.stack import SeededDatabase
from tests.workflows.fixtures import theatre
from tests.workflows.theatre import LINK_SECRET, PUBLIC_URL, Theatre, theatre_for

__all__ = ["theatre"]


@pytest_asyncio.fixture
async def empty_theatre(
    skipping_env: WorkflowEnvironment, seeded_database: SeededDatabase, mailbox: Mailbox
) -> AsyncIterator[Theatre]:
    """A theatre without workers: the test has a process of its own."""
    running = theatre_for(
        skipping_env.client, seeded_database.url, mailbox, clock=skipping_env, with_workers=False
    )
    async with running as theatre:
        yield theatre


@pytest_asyncio.fixture
async def worker(
    skipping_env: WorkflowEnvironment, seeded_database: SeededDatabase, mailbox: Mailbox, tmp_path: Path
) -> AsyncIterator[Worker]:
    """`python worker.py` as in production; it can be killed and started again."""
    settings = {
        "DATABASE_URL": seeded_database.url,
        "TEMPORAL_ADDRESS": skipping_env.client.service_client.config.target_host,
        "TEMPORAL_NAMESPACE": skipping_env.client.namespace,
        "SMTP_URL": mailbox.smtp_url,
        "LINK_SECRET": LINK_SECRET,
        "SIGNING_KEY": lasting_secret(tmp_path / "signing"),
        "MIN_RETENTION_DAYS": "0",  # this server is gone within the minute
        "PUBLIC_URL": PUBLIC_URL,
    }
    process = Worker(tmp_path / "worker.log", settings)
    await process.start()
    yield process
    await process.kill()


@pytest_asyncio.fixture(scope="module")
async def own_postgres(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Postgres]:
    """A PostgreSQL server that may be stopped without harm to other tests."""
    home = tmp_path_factory.mktemp("own-postgres")
    server = Postgres(home, fast=True)
    await server.start()
    await migrate(server.url(), home / "migrate.log")
    yield server
    await server.stop()
