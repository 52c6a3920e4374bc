"""The API over a real PostgreSQL with the sample country; nobody answers at Temporal's address."""

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from pydantic import SecretStr

from activities.database.sessions import Sessions, engine_for, sessions_for
from local.ports import free_port
from models.settings.environment import Settings
from tests.api.office import office
from tests.api.world import World
from tests.fixtures.application import application
from tests.fixtures.stack import SeededDatabase

__all__ = ["office", "sessions", "world"]


@pytest_asyncio.fixture
async def sessions(seeded_database: SeededDatabase) -> AsyncIterator[Sessions]:
    engine = engine_for(seeded_database.url, pool_size=2)
    yield sessions_for(engine)
    await engine.dispose()


@pytest_asyncio.fixture
async def world(seeded_database: SeededDatabase, sessions: Sessions) -> AsyncIterator[World]:
    """The application, callers by their accounts' labels, and monitorings as the recorder writes them."""
    settings = Settings(
        database_url=seeded_database.url,
        temporal_address=f"127.0.0.1:{free_port()}",
        upload_limit_bytes=100_000,
        command_budget_seconds=1.0,
        link_secret=SecretStr("a secret of these tests"),
    )
    async with application(settings) as app:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://api.example.kz") as client:
            yield World(app=app, client=client, tokens=seeded_database.tokens, sessions=sessions)
