"""The whole product on its own servers, seen from outside: by HTTP, by letters, and by its record."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import uuid4

import httpx
from sqlmodel import col, select
from temporalio.client import Client

from activities.database.sessions import Sessions, engine_for, sessions_for
from local.demo.caller import Caller, Json
from local.demo.letterbox import Letterbox
from local.demo.play import Scene
from local.demo.screen import Screen
from local.demo.theatre import Theatre as DemoTheatre
from local.demo.visitor import Visitor
from local.samples import ScenarioName, load_country, load_scenario
from local.seed import renew_tokens, seed
from local.stack import Stack
from models.commands.receipt import Receipt
from models.settings.environment import Settings
from models.tables.commands import CommandRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, monitoring_workflow_id
from tests.waiting import eventually
from tests.workflows.evidence import Evidence
from tests.workflows.theatre import Theatre
from workflows import MonitoringWorkflow
from workflows.client import connect

API: Final = "/api/v1"
PATIENCE_SECONDS: Final = 60.0
Hook = Callable[[str], Awaitable[None]]


async def nothing(_: str) -> None:
    """What happens at a call on a good day."""


@dataclass
class Town:
    """A running stack with the sample country, and those who use it."""

    stack: Stack
    tokens: dict[str, str]
    api: httpx.AsyncClient
    mail: httpx.AsyncClient
    browser: httpx.AsyncClient
    inside: Theatre

    async def ask(self, who: str | None, path: str) -> httpx.Response:
        """A GET of the API by an account's label; None is a stranger."""
        return await self.api.get(f"{API}{path}", headers=self._headers(who))

    async def command(self, who: str, path: str, body: Json, key: str) -> httpx.Response:
        """One attempt at a command: no repeats, whatever the answer."""
        headers = self._headers(who) | {"Idempotency-Key": key}
        return await self.api.post(f"{API}{path}", json=body, headers=headers)

    async def insists(self, who: str, path: str, body: Json, key: str) -> Receipt:
        """The same request with the same key until the answer is no 503, as the API asks for."""
        answers: list[httpx.Response] = []

        async def answered() -> bool:
            answers.append(await self.command(who, path, body, key))
            return answers[-1].status_code != httpx.codes.SERVICE_UNAVAILABLE

        await eventually(answered, f"{path} is decided", PATIENCE_SECONDS)
        assert answers[-1].is_success, answers[-1].text
        return Receipt.model_validate_json(answers[-1].content)

    async def starts(self, name: ScenarioName = ScenarioName.B) -> str:
        """A scenario's monitoring, just started by its analyst; returns its number."""
        return (await self.insists(self.analyst(name), "/monitorings", start_of(name), uuid4().hex)).number

    async def is_under_way(self, before: int) -> None:
        """Wait until one more command than `before` is accepted and not decided."""

        async def pending() -> bool:
            return await self.pending() > before

        await eventually(pending, "a command is under way")

    async def pending(self) -> int:
        """How many commands were accepted and are not decided."""
        async with self.inside.sessions() as session:
            rows = await session.exec(select(CommandRow.id).where(col(CommandRow.outcome) == "pending"))
            return len(rows.all())

    def evidence(self, number: str) -> Evidence:
        """What is on record of a monitoring."""
        return evidence_of(self.inside, number)

    def scene(self, name: ScenarioName, before: Hook = nothing, after: Hook = nothing) -> Scene:
        """A scenario of the demo; the hooks are called around every call of an account."""
        theatre = DemoTheatre(
            call=lambda account: Watched(self.api, self.tokens[label(account)], before, after),
            renew_tokens=partial(renew_tokens, self.stack.postgres.url(), self.tokens),
            letterbox=Letterbox(self.mail),
            mailbox=self.stack.mailbox,
            visitor=Visitor(self.browser),
            screen=Screen(),
            public_url=self.stack.api_url,
        )
        return Scene(name.name, load_scenario(name), theatre)

    def analyst(self, name: ScenarioName) -> str:
        """The label of a scenario's analyst."""
        return label(load_scenario(name).accounts.analyst)

    def _headers(self, who: str | None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}


class Watched(Caller):
    """A caller beside whom bad things happen."""

    def __init__(self, client: httpx.AsyncClient, token: str, before: Hook, after: Hook) -> None:
        super().__init__(client, token)
        self._before, self._after = before, after

    async def post(self, path: str, body: Json | Model, revision: str | None = None) -> httpx.Response:
        await self._before(path)
        answer = await super().post(path, body, revision)
        await self._after(path)
        return answer


def start_of(name: ScenarioName) -> Json:
    """The body that starts a scenario's monitoring."""
    scenario = load_scenario(name)
    return {
        "kind": scenario.kind.value,
        "title": scenario.title.model_dump(),
        "conductors": list(scenario.conductors),
        "spheres": list(scenario.spheres),
        "objects": list(scenario.objects),
        "studied_from": scenario.studied_from.isoformat(),
        "studied_until": scenario.studied_until.isoformat(),
    }


def label(account: Id) -> str:
    """The label of an account's token."""
    return load_country().account(account).label


@asynccontextmanager
async def town_on(stack: Stack) -> AsyncIterator[Town]:
    """The sample country on a running stack."""
    seeded = await seed(stack.postgres.url())
    async with inside(stack) as theatre, httpx.AsyncClient(base_url=stack.api_url, timeout=30) as api:
        mail_url = stack.mailbox.http_url or ""
        async with httpx.AsyncClient(base_url=mail_url) as mail, httpx.AsyncClient(timeout=30) as browser:
            yield Town(stack, seeded.tokens, api, mail, browser, theatre)


@asynccontextmanager
async def inside(stack: Stack) -> AsyncIterator[Theatre]:
    """The stack's database, Temporal and mailbox, for whoever looks at the record."""
    engine = engine_for(stack.postgres.url(), pool_size=2)
    sessions: Sessions = sessions_for(engine)
    client: Client = await connect(settings_of(stack))
    yield Theatre(client, sessions, stack.mailbox)
    await engine.dispose()


def settings_of(stack: Stack) -> Settings:
    """The settings of the stack's worker and API."""
    return Settings.model_validate({name.lower(): value for name, value in stack.settings.items()})


def evidence_of(theatre: Theatre, number: str) -> Evidence:
    """What is on record of a monitoring that runs on a stack."""
    found = Evidence(theatre, number)
    workflow_id = monitoring_workflow_id(number)
    found.handle = theatre.client.get_workflow_handle_for(MonitoringWorkflow.run, workflow_id)
    return found
