"""The theatre as a fixture, for stories and for bad days."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from local.mailbox import Mailbox
from tests.fixtures.stack import SeededDatabase
from tests.replay.capture import KEEPER
from tests.workflows.theatre import Theatre, theatre_for


@pytest_asyncio.fixture
async def theatre(
    pytestconfig: pytest.Config,
    skipping_env: WorkflowEnvironment,
    seeded_database: SeededDatabase,
    mailbox: Mailbox,
) -> AsyncIterator[Theatre]:
    """Everything a story needs, with virtual time and workers in this process."""
    async with theatre_for(skipping_env.client, seeded_database.url, mailbox, clock=skipping_env) as theatre:
        theatre.keeper = pytestconfig.pluginmanager.get_plugin(KEEPER)
        yield theatre
