"""The whole application on a port of this process, and those who come to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

import httpx
import pytest
from pydantic import SecretStr
from temporalio.client import Client

from activities.database.sessions import Sessions, engine_for, sessions_for
from api.commands import desk as commanding
from api.commands import repair, starting
from api.http.deps import present
from api.pages.site import routing
from api.services.limits import Limits, Pace
from api.services.temporal import Temporal
from local.ports import LOOPBACK, free_port
from models.settings.environment import Settings
from tests.fixtures.application import application
from tests.fixtures.listening import listening
from tests.fixtures.stack import SeededDatabase
from tests.keeping import both_agree
from tests.pages.story import NOW, SECRET, Clerk

STRANGER: Final = ""
"""Whoever is not signed in: the public, and whoever holds a letter's link."""
PEOPLE: Final = (
    "sary-analyst",
    "sary-head",
    "uo-analyst",
    "uo-head",
    "uo-web-editor",
    "uo-admin",
    "uo-auditor",
    STRANGER,
)
"""The kinds of user, by the labels of their accounts; whoever sees most of a monitoring comes first."""
SIGNING_KEY: Final = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
COOKIE: Final = "session"


@dataclass
class Site:
    """Where it is, and its people without a browser."""

    address: str
    sessions: Sessions
    clerk: Clerk
    tokens: dict[str, str]
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)

    async def client(self, who: str = STRANGER) -> httpx.AsyncClient:
        """One of its people without a browser, signed in."""
        if who not in self.clients:
            headers = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html", "Accept-Language": "kk"}
            self.clients[who] = httpx.AsyncClient(base_url=self.address, headers=headers, timeout=60.0)
            if who:
                await self.clients[who].post("/sign-in", data={"token": self.tokens[who]})
        return self.clients[who]

    async def cookie(self, who: str) -> str:
        """By which somebody is signed in; empty for a stranger."""
        return (await self.client(who)).cookies.get(COOKIE) or ""

    async def close(self) -> None:
        for client in self.clients.values():
            await client.aclose()


@asynccontextmanager
async def site_on(database: SeededDatabase, temporal: str, patch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    """At the moment of the stories; a clerk obeys in the workflows' place."""
    engine = engine_for(database.url)
    sessions = sessions_for(engine)
    clerk = Clerk(sessions)
    patch.setattr(commanding, "send_command", clerk.send)
    patch.setattr(starting, "start_workflow", clerk.begins)
    patch.setattr(repair, "compared", both_agree)
    patch.setattr(routing, "moment", lambda: NOW)  # where nothing is asked by dependencies
    port = free_port()
    address = f"http://{LOOPBACK}:{port}"
    settings = Settings(
        database_url=database.url,
        temporal_address=temporal,
        public_url=address,
        link_secret=SecretStr(SECRET),
        signing_key=SecretStr(SIGNING_KEY),
        upload_limit_bytes=200_000,
        command_budget_seconds=1.0,
    )
    async with application(settings) as app:
        patient = Limits(forms=Pace(limit=10_000), staff_forms=Pace(limit=10_000))
        given = app.state.services
        app.state.services = replace(
            given, limits=patient, temporal=Temporal(partial(Client.connect, temporal))
        )
        app.dependency_overrides[present] = lambda: NOW
        async with listening(app, port):
            site = Site(address, sessions, clerk, database.tokens)
            yield site
            await site.close()
    await engine.dispose()
