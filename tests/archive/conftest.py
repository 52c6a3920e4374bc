"""Archiving on real parts: a server that keeps closed histories long, and one that forgets within seconds."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest_asyncio
from temporalio.client import Client

from local.mailbox import Mailbox
from local.temporal import Temporal
from models.settings.environment import Settings
from tests.fixtures.stack import SeededDatabase
from tests.workflows.fixtures import theatre
from tests.workflows.theatre import Theatre, theatre_for
from workflows.client import connect

__all__ = ["theatre"]
SOON = timedelta(seconds=10)


@pytest_asyncio.fixture
async def forgetful_client(tmp_path: Path) -> AsyncIterator[Client]:
    """A server whose namespace drops a history ten seconds after its run closed."""
    home = tmp_path / "temporal"
    home.mkdir()
    server = Temporal(home, retention=SOON)
    await server.start()
    # What closes in the first seconds would still be kept as long as the server remembers from its start.
    await server.stop()
    await server.start()
    yield await connect(Settings(temporal_address=server.address))
    await server.stop()


@pytest_asyncio.fixture
async def forgetful(
    forgetful_client: Client, seeded_database: SeededDatabase, mailbox: Mailbox
) -> AsyncIterator[Theatre]:
    """A theatre on it, with workers in this process."""
    async with theatre_for(forgetful_client, seeded_database.url, mailbox) as found:
        yield found
