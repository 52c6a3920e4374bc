"""The whole application behind a real server, over few connections to a real PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import httpx
import pytest
import pytest_asyncio
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine

from activities.database.sessions import engine_for, sessions_for
from api import app as api_app
from api.http.heads import BoundedHeads
from local.ports import LOOPBACK, free_port
from models.settings.environment import Settings
from tests.api.conftest import sessions, world
from tests.doors.house import House
from tests.fixtures.application import application
from tests.fixtures.stack import SeededDatabase
from tests.pages.conftest import app, browser, story
from tests.pages.story import SECRET, Clerk, Story
from tests.waiting import eventually

__all__ = ["app", "browser", "house", "sessions", "story", "world"]
SIGNING_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


class Server(uvicorn.Server):
    """Ctrl-C belongs to whoever runs the tests."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


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
    async with application(settings) as served, _listening(served) as port:
        own = engine_for(seeded_database.url)
        told = Story(sessions_for(own), Clerk(sessions_for(own)))
        await told.starts()
        async with httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{port}", timeout=60.0) as client:
            yield House(served, engines[0], client, port, seeded_database.tokens, told)
        await own.dispose()


@asynccontextmanager
async def _listening(served: FastAPI) -> AsyncIterator[int]:
    """A real server before an application that runs already; its port."""
    port = free_port()
    server = Server(
        uvicorn.Config(
            served, LOOPBACK, port, log_level="warning", access_log=False, http=BoundedHeads, lifespan="off"
        )
    )
    serving = asyncio.create_task(server.serve())

    async def serves() -> bool:
        return server.started

    await eventually(serves, "the server serves")
    yield port
    server.should_exit = True
    await serving


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slow bodies are waited for longer than the test lasts."""
    monkeypatch.setattr("api.http.bodies.GRACE_SECONDS", 600.0)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever does not come at once is too slow."""
    monkeypatch.setattr("api.http.bodies.GRACE_SECONDS", 0.5)
