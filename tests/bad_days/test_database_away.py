"""PostgreSQL goes away while commands come: none is half done, and none is lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from local.mailbox import Mailbox
from local.postgres import Postgres
from local.samples import ScenarioName
from local.seed import seed
from models.commands import BeginCollection, RecordActivity
from models.commands.command import Command
from models.vocabulary.procedure import Activity
from tests.bad_days.outcomes import is_unknown
from tests.waiting import eventually
from tests.workflows.on_record import remembered_by
from tests.workflows.running import Running, starts
from tests.workflows.theatre import Theatre, theatre_for
from workflows import MonitoringWorkflow

pytestmark = pytest.mark.xdist_group("own-postgres")


@pytest_asyncio.fixture
async def fragile(
    own_postgres: Postgres, skipping_env: WorkflowEnvironment, mailbox: Mailbox
) -> AsyncIterator[Theatre]:
    """A theatre on a database that may go away."""
    url = own_postgres.url()
    await seed(url)
    async with theatre_for(skipping_env.client, url, mailbox, clock=skipping_env) as theatre:
        yield theatre


@pytest.mark.parametrize("goes", ["stopped", "killed"])
async def test_commands_wait_for_the_database_and_are_answered_once(
    fragile: Theatre, own_postgres: Postgres, goes: str
) -> None:
    fragile.stories = {"stopped": 10, "killed": 20}[goes]  # one database for both: other numbers
    b = await starts(fragile, ScenarioName.B)
    await b.does(BeginCollection, began_on=b.day)
    note = await b.says("done")
    commands = [b.asks(RecordActivity, activity=a, done_on=b.day, note=note) for a in Activity]
    before = (await b.state()).seq
    ending: dict[str, Callable[[], Awaitable[None]]] = {
        "stopped": own_postgres.stop,
        "killed": own_postgres.kill,
    }
    await ending[goes]()
    assert all(await asyncio.gather(*(is_unknown(b, command) for command in commands)))
    remembered = await remembered_by(b.handle, MonitoringWorkflow.state)
    assert remembered.seq == before + len(commands), "history first: the workflow knows them all"
    await own_postgres.start()
    receipts = await asyncio.gather(*(_answered(b, command) for command in commands))
    assert all(before < seq <= before + len(commands) for seq in receipts)
    recorded = [entry.command for entry in await b.happened("activity_recorded")]
    assert sorted(map(str, recorded)) == [command.id for command in commands]
    await b.has_one_truth()


async def _answered(b: Running, command: Command) -> int:
    """Send it again under its id until the answer comes: the recorder's pauses grow to five seconds."""
    answered: list[int] = []

    async def answers() -> bool:
        if not await is_unknown(b, command, within=5):
            answered.append((await b.obeys(command)).seq)
        return bool(answered)

    await eventually(answers, f"{command.id} is answered")
    return answered[0]
