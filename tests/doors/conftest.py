"""The whole application behind a real server, over few connections to a real PostgreSQL."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine

from activities.database.sessions import engine_for, sessions_for
from api import app as api_app
from local.ports import LOOPBACK, free_port
from models.settings.environment import Settings
from tests.api.conftest import sessions, world
from tests.doors.house import House
from tests.fixtures.application import application
from tests.fixtures.listening import listening
from tests.fixtures.stack import SeededDatabase
from tests.pages.conftest import app, browser, story
from tests.pages.story import SECRET, Clerk, Story

__all__ = ["app", "browser", "house", "sessions", "story", "world"]
SIGNING_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


@pytest_asyncio.fixture
async def house(seeded_database: SeededDatabase, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """Eleven connections to the database are all there are."""
    engines: list[AsyncEngine] = []

    def few(url: str) -> AsyncEngine:
        engines.append(engine_for(url, pool_size=1))
        return engines[-1]

    monkeypatch.setattr(api_app, "engine_for", few)
    settings = Settings(
        database_url=seeded_database.url,
        temporal_address=f"{LOOPBACK}:{free_port()}",
        link_secret=SecretStr(SECRET),
        signing_key=SecretStr(SIGNING_KEY),
        upload_limit_bytes=200_000,
        command_budget_seconds=1.0,
    )
    async with application(settings) as served, listening(served) as port:
        own = engine_for(seeded_database.url)
        told = Story(sessions_for(own), Clerk(sessions_for(own)))
        await told.starts()
        async with httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{port}", timeout=60.0) as client:
            yield House(served, engines[0], client, port, seeded_database.tokens, told)
        await own.dispose()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slow bodies are waited for longer than the test lasts."""
    monkeypatch.setattr("api.http.bodies.GRACE_SECONDS", 600.0)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever does not come at once is too slow."""
    monkeypatch.setattr("api.http.bodies.GRACE_SECONDS", 0.5)
