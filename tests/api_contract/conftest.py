"""One application for all contract tests of a module: real PostgreSQL, the sample country, no Temporal."""

import itertools
from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from pydantic import SecretStr

from activities.database.sessions import engine_for, sessions_for
from local.ports import free_port
from local.postgres import Postgres
from local.samples import ScenarioName
from local.seed import seed
from models.commands import BeginCollection
from models.settings.environment import Settings
from tests.api.world import Case, World
from tests.api_contract.reader import Reader
from tests.fixtures.application import application

_numbers = itertools.count()


@pytest_asyncio.fixture(scope="module")
async def contract_url(postgres: Postgres, migrated_template: str) -> AsyncIterator[str]:
    """A database for the tests of one module: they write what they like."""
    name = f"contract_{next(_numbers)}"
    yield await postgres.create_database(name, migrated_template)
    await postgres.drop_database(name)


@pytest_asyncio.fixture(scope="module")
async def town(contract_url: str) -> AsyncIterator[World]:
    """The application; nobody answers at Temporal's address."""
    seeded = await seed(contract_url)
    settings = Settings(
        database_url=contract_url,
        temporal_address=f"127.0.0.1:{free_port()}",
        link_secret=SecretStr("a-secret-of-these-tests-and-no-other"),
        upload_limit_bytes=100_000,
        command_budget_seconds=0.2,
    )
    engine = engine_for(contract_url, pool_size=2)
    async with application(settings) as app:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://api.example.kz") as client:
            yield World(app=app, client=client, tokens=seeded.tokens, sessions=sessions_for(engine))
    await engine.dispose()


@pytest_asyncio.fixture(scope="module")
async def collecting(town: World) -> Case:
    """A monitoring whose content is being written."""
    case = await town.started(ScenarioName.B)
    await case.does(BeginCollection, began_on="2026-09-07")
    return case


@pytest_asyncio.fixture(scope="module")
async def published(town: World) -> Case:
    """A monitoring with everything behind it: printed, sent, published."""
    case = await town.started(ScenarioName.A)
    await case.approved()
    await case.dispatched()
    await case.publishes()
    return case


@pytest_asyncio.fixture(scope="module")
async def reader(town: World, collecting: Case, published: Case) -> Reader:
    """Sends requests as whoever may send them, and judges the answers."""
    return Reader(town, collecting.number, published.number)
