"""The pages over a real database; the sender is a clerk that obeys as the workflow would."""

from collections.abc import AsyncIterator
from typing import cast

import pytest
import pytest_asyncio
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr
from temporalio.client import Client

from activities.database.sessions import engine_for, sessions_for
from api.commands import desk as commanding
from api.commands import repair, starting
from api.http.deps import present
from api.services.limits import Limits, Pace
from api.services.services import Services
from api.services.temporal import Temporal
from models.settings.environment import Settings
from tests.fixtures.application import pages_alone
from tests.fixtures.stack import SeededDatabase
from tests.keeping import both_agree
from tests.pages.story import NOW, SECRET, Clerk, Story

ORIGIN = "https://monitoring.example.kz"


async def _no_client() -> Client:
    """The clerk needs no connection."""
    return cast(Client, None)


@pytest_asyncio.fixture
async def story(seeded_database: SeededDatabase) -> AsyncIterator[Story]:
    """A monitoring that has just begun."""
    engine = engine_for(seeded_database.url)
    sessions = sessions_for(engine)
    told = Story(sessions, Clerk(sessions))
    await told.starts()
    yield told
    await engine.dispose()


@pytest_asyncio.fixture
async def app(
    story: Story, seeded_database: SeededDatabase, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[FastAPI]:
    """The pages alone, at the story's moment."""
    settings = Settings(
        payload_keys=SecretStr("a:" + "A" * 43 + "="),
        database_url=seeded_database.url,
        public_url=ORIGIN,
        link_secret=SecretStr(SECRET),
        upload_limit_bytes=200_000,
    )
    monkeypatch.setattr(commanding, "send_command", story.clerk.send)
    monkeypatch.setattr(starting, "start_workflow", story.clerk.begins)
    monkeypatch.setattr(repair, "compared", both_agree)
    services = Services(
        settings=settings,
        sessions=story.sessions,
        temporal=Temporal(_no_client),
        limits=Limits(forms=Pace(limit=1_000), staff_forms=Pace(limit=1_000)),
    )
    async with pages_alone(services) as application:
        application.dependency_overrides[present] = lambda: NOW
        yield application


@pytest_asyncio.fixture
async def browser(app: FastAPI) -> AsyncIterator[AsyncClient]:
    """Somebody's browser, on this site."""
    transport = ASGITransport(app, raise_app_exceptions=False)
    headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "kk"}
    async with AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as client:
        yield client


@pytest.fixture
async def administrator(browser: AsyncClient, seeded_database: SeededDatabase) -> AsyncClient:
    """Signed in as whoever keeps the registries."""
    signed = await browser.post("/sign-in", data={"token": seeded_database.tokens["uo-admin"]})
    assert signed.status_code == 303, signed.text
    return browser
