"""A Temporal server of these tests alone, and a theatre on it whose payloads are encrypted."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from temporalio.client import Client

from local.mailbox import Mailbox
from local.temporal import Temporal
from models.settings.environment import Settings
from tests.confidential.keys import OLD, settings_with
from tests.fixtures.stack import SeededDatabase
from tests.workflows.theatre import Theatre, theatre_for
from workflows.client import connect


@pytest_asyncio.fixture(scope="module")
async def own_address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Its address; real time."""
    server = Temporal(tmp_path_factory.mktemp("temporal"), in_memory=True)
    await server.start()
    yield server.address
    await server.stop()


@pytest.fixture
def sealing(own_address: str) -> Settings:
    """The settings of a program that encrypts."""
    return settings_with(OLD, temporal_address=own_address)


@pytest_asyncio.fixture
async def sealed_theatre(
    sealing: Settings, seeded_database: SeededDatabase, mailbox: Mailbox
) -> AsyncIterator[Theatre]:
    """Workers, database and mail as everywhere, and the client as production makes it."""
    client: Client = await connect(sealing)
    async with theatre_for(client, seeded_database.url, mailbox) as theatre:
        yield theatre
