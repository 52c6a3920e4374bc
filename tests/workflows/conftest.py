from collections.abc import AsyncIterator

import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from local.mailbox import Mailbox
from tests.workflows.running import Stage, stage_for


@pytest_asyncio.fixture
async def stage(
    skipping_env: WorkflowEnvironment, database_url: str, mailbox: Mailbox
) -> AsyncIterator[Stage]:
    async with stage_for(skipping_env, database_url, mailbox) as stage:
        yield stage
