"""The API with real workflows behind it: a Temporal server of its own, workers, the consolidation begun."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest_asyncio
from pydantic import SecretStr
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from activities.database.sessions import Sessions
from activities.keepers.consolidation_notices import ConsolidationPost
from activities.letters.smtp import SmtpClient
from local.mailbox import Mailbox
from local.temporal import Temporal
from models.settings.environment import Settings
from models.tables.consolidations import ConsolidationRow
from tests.api.world import World
from tests.fixtures.application import application
from tests.fixtures.stack import SeededDatabase
from tests.waiting import eventually
from tests.workflows.theatre import STRICT
from worker import workers_for


@pytest_asyncio.fixture
async def office(
    seeded_database: SeededDatabase, sessions: Sessions, mailbox: Mailbox, tmp_path: Path
) -> AsyncIterator[World]:
    """The application, workers, and the consolidation begun by its keeper."""
    server = Temporal(tmp_path / "temporal", in_memory=True)
    async with AsyncExitStack() as running:
        await server.start()
        running.push_async_callback(server.stop)
        settings = Settings(
            database_url=seeded_database.url,
            temporal_address=server.address,
            smtp_url=SecretStr(mailbox.smtp_url),
            link_secret=SecretStr("a-secret-of-these-tests-and-no-other"),
            upload_limit_bytes=100_000,
            command_budget_seconds=10.0,
        )
        client = await Client.connect(server.address, data_converter=pydantic_data_converter)
        smtp = await running.enter_async_context(SmtpClient(settings.smtp_url, 1.0))
        for worker in workers_for(client, sessions, settings, smtp, STRICT):
            await running.enter_async_context(worker)
        app = await running.enter_async_context(application(settings))
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
        http = await running.enter_async_context(
            httpx.AsyncClient(transport=transport, base_url="http://api.example.kz")
        )
        await ConsolidationPost(client, sessions).settle()
        world = World(app=app, client=http, tokens=seeded_database.tokens, sessions=sessions)
        await eventually(lambda: _begun(sessions), "the consolidation has begun")
        yield world


async def _begun(sessions: Sessions) -> bool:
    async with sessions() as session:
        return await session.get(ConsolidationRow, "consolidation/uo") is not None
