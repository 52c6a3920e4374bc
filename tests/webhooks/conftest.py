"""The API, Temporal with virtual time, a worker of the webhooks, and a system that takes events."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import httpx
import pytest_asyncio
from pydantic import SecretStr
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from activities.database.sessions import Sessions, engine_for, sessions_for
from activities.letters.smtp import SmtpClient
from activities.webhooks.keeping import WebhookKeeper
from api.services.temporal import Temporal
from local.samples import ScenarioName
from models.commands import RecordActivity
from models.report.content import Wording
from models.settings.environment import Settings
from tests.api.world import Case, World
from tests.fixtures.application import application
from tests.fixtures.stack import SeededDatabase
from tests.leading import begun
from tests.waiting import eventually
from tests.webhooks.receiver import Receiver, receiver
from tests.workflows.theatre import STRICT
from worker import workers_for

KEYS: Final = "a:" + "A" * 43 + "="
REASON: Final = {"label": "Құжат айналымы жүйесі", "reason": "Келісім № 4"}
HOOK: Final = "/registry/webhooks/records"


@dataclass
class Exchange:
    """One installation and one system beside it. Virtual time leads each run from try to try by itself."""

    world: World
    client: Client
    keeper: WebhookKeeper
    system: Receiver

    @property
    def sessions(self) -> Sessions:
        return self.world.sessions

    async def registers(self, **more: object) -> httpx.Response:
        """The administrator registers the system; its events are those that the sample's analyst reads."""
        body = {**REASON, "url": self.system.url, "reads_as": "a-sary-analyst", **more}
        return await self.world.call("uo-admin", "PUT", HOOK, json=body)

    async def asks(self, what: str, **options: object) -> httpx.Response:
        return await self.world.call("uo-admin", "POST", f"{HOOK}/{what}", **options)

    async def begun(self) -> Case:
        """A monitoring that somebody conducts: two lines of its journal."""
        case = await self.world.started(ScenarioName.B)
        await case.is_led(begun(date(2026, 9, 7)))
        return case

    async def goes_on(self, case: Case) -> None:
        note = await case.keeps(Wording(kk="жинақталды"))
        await case.does(RecordActivity, activity="collect", done_on="2026-09-08", note=note)

    async def looks(self) -> None:
        """The keeper's look, until nothing is left to begin."""
        while await self.keeper.look():
            pass

    async def delivered(self, count: int) -> None:
        """So many requests have come in, in all."""

        async def came() -> bool:
            return self.system.took(count)

        await eventually(came, f"{count} deliveries")

    async def log(self) -> list[dict[str, object]]:
        answer = await self.world.call("uo-admin", "GET", f"{HOOK}/deliveries")
        lines: list[dict[str, object]] = answer.json()["items"]
        return lines

    async def logged(self, count: int) -> list[dict[str, object]]:
        async def is_there() -> bool:
            return len(await self.log()) >= count

        await eventually(is_there, f"{count} lines of the log")
        return await self.log()


@pytest_asyncio.fixture
async def exchange(
    seeded_database: SeededDatabase, skipping_env: WorkflowEnvironment
) -> AsyncIterator[Exchange]:
    settings = Settings(
        database_url=seeded_database.url,
        public_url="https://monitoring.example.kz",
        link_secret=SecretStr("a-secret-of-these-tests-and-no-other"),
        payload_keys=SecretStr(KEYS),
        worker_queues="webhooks",
        webhook_private_hosts="127.0.0.1",
    )
    client, engine = skipping_env.client, engine_for(seeded_database.url, pool_size=4)
    sessions = sessions_for(engine)

    async def connected() -> Client:
        return client

    async with AsyncExitStack() as running:
        running.push_async_callback(engine.dispose)
        smtp = await running.enter_async_context(SmtpClient(settings.smtp_url))
        for worker in workers_for(client, sessions, settings, smtp, STRICT):
            await running.enter_async_context(worker)
        app = await running.enter_async_context(application(settings))
        app.state.services = replace(app.state.services, temporal=Temporal(connected))
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
        http = await running.enter_async_context(
            httpx.AsyncClient(transport=transport, base_url="http://api.example.kz")
        )
        system = await running.enter_async_context(receiver())
        world = World(app=app, client=http, tokens=seeded_database.tokens, sessions=sessions)
        keeper = WebhookKeeper(client, sessions, settings)
        yield Exchange(world, client, keeper, system)
