"""One whole stack per module: PostgreSQL, Temporal, mailbox, worker and API as processes of their own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from local.stack import Stack
from tests.e2e.town import Town, town_on


@pytest_asyncio.fixture(scope="module")
async def stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """Everything, running."""
    state = tmp_path_factory.mktemp("state")
    async with Stack("e2e", state=state, fast=True, usual_ports=False, encrypted=True) as running:
        yield running


@pytest_asyncio.fixture(scope="module")
async def town(stack: Stack) -> AsyncIterator[Town]:
    """The sample country on it."""
    async with town_on(stack) as found:
        yield found
