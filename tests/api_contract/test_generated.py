"""The whole OpenAPI document, explored by requests that nobody wrote (`tests/api_contract/generated.py`).

Bounded and the same each time; `make explore` goes on for longer, by a seed of its own.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import httpx
import pytest
import pytest_asyncio
from pydantic import SecretStr

from activities.database.sessions import engine_for, sessions_for
from activities.letters.smtp import SmtpClient
from local.ports import free_port
from local.samples import ScenarioName
from local.seed import seed
from models.settings.environment import Settings
from tests.api.world import World
from tests.api_contract.generated import Plan, explored
from tests.api_contract.schema import document, operations
from tests.fixtures.application import application
from tests.fixtures.listening import listening
from worker import workers_for
from workflows.client import connect

KNOWN = {
    **{"organisation": "akimat-sary", "addressee": "akimat-sary", "account": "a-sary-analyst"},
    **{"mark": "13.1-SARY", "version": "1", "rendition": "public", "language": "kk", "year": "2026"},
}
LABELS = (None, "sary-analyst", "sary-head", "uo-head", "uo-admin", "uo-auditor", "uo-web-editor")
ASKED = dict(each.split("=") for each in os.environ.get("EXPLORE", "").split())
PARTS = 2


def plan(part: int) -> Plan:
    return Plan(
        examples=int(ASKED.get("examples", 2)),
        seed=int(ASKED.get("seed", 192)),
        seconds=float(ASKED.get("seconds", 3_600)),
        part=part,
        parts=PARTS,
    )


@dataclass(frozen=True)
class Served:
    """Where the application listens, the tokens of its accounts, and what its paths may name."""

    url: str
    tokens: dict[str, str]
    known: dict[str, str]


@pytest_asyncio.fixture(scope="module")
async def served(contract_url: str, temporal_address: str) -> AsyncIterator[Served]:
    """The real application at a port, with PostgreSQL, Temporal and a worker."""
    seeded = await seed(contract_url)
    given = Settings(
        database_url=contract_url,
        temporal_address=temporal_address,
        link_secret=SecretStr("a-secret-of-these-tests-and-no-other"),
        payload_keys=SecretStr("a:" + "A" * 43 + "="),
        smtp_url=SecretStr(f"smtp://127.0.0.1:{free_port()}"),
        worker_queues="procedure,webhooks",
        upload_limit_bytes=100_000,
        command_budget_seconds=2.0,
    )
    engine = engine_for(contract_url, pool_size=4)
    async with AsyncExitStack() as running:
        running.push_async_callback(engine.dispose)
        app = await running.enter_async_context(application(given))
        smtp = await running.enter_async_context(SmtpClient(given.smtp_url))
        client = await connect(given)
        for worker in workers_for(client, sessions_for(engine), given, smtp):
            await running.enter_async_context(worker)
        port = await running.enter_async_context(listening(app))
        url = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=url) as http:
            world = World(app=app, client=http, tokens=seeded.tokens, sessions=sessions_for(engine))
            case = await world.started(ScenarioName.B)
            await case.approved()
            await case.dispatched()
        yield Served(url, seeded.tokens, KNOWN | {"number": case.number})


@pytest.mark.parametrize("part", range(PARTS))
async def test_whatever_is_sent_is_answered_as_the_document_says(served: Served, part: int) -> None:
    callers = tuple((label, served.tokens.get(label or "", "")) for label in LABELS)
    told = await asyncio.to_thread(explored, document(), served.url, callers, served.known, plan(part))
    assert [f"{each.operation} by {each.by}: {each.what}" for each in told.found] == []
    assert len(told.operations) == len(operations()[part::PARTS]), "in the time it was given"
    assert {status for _, status in told.statuses} >= {200, 401, 403, 404, 422}, "it met every kind of answer"
