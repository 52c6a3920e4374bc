"""The client as its users have it, installed from its wheel; and the API it speaks to, with all its parts."""

import importlib
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
import pytest_asyncio
from pydantic import SecretStr
from temporalio.client import Client

from activities.database.sessions import Sessions, engine_for, sessions_for
from activities.letters.smtp import SmtpClient
from client.__main__ import main
from local.mailbox import Mailbox
from local.temporal import Temporal
from models.settings.environment import Settings
from tests.fixtures.application import application, as_described
from tests.fixtures.listening import listening
from tests.fixtures.stack import SeededDatabase
from tests.workflows.theatre import STRICT
from worker import workers_for
from workflows.client import connect


@dataclass(frozen=True)
class Made:
    """Where the project lies, its wheel, and where that is installed, with nothing beside it."""

    project: Path
    wheel: Path
    installed: Path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The client of the API as it is."""
    place = tmp_path_factory.mktemp("client")
    assert main([str(place / "project")], as_described) == 0
    (wheel,) = place.glob("*.whl")
    installed = place / "installed"
    options = ("--quiet", "--no-index", "--no-deps", "--no-compile", "--target", str(installed))
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(wheel)], check=True)
    return Made(place / "project", wheel, installed)


@pytest.fixture(scope="session")
def user(made: Made) -> Iterator[ModuleType]:
    """A user's program (`tests/client/user.py`): it imports the client, and nothing of the product."""
    sys.path.insert(0, str(made.installed))
    yield importlib.import_module("tests.client.user")
    sys.path.remove(str(made.installed))


@dataclass
class Served:
    """Where the API listens, the tokens of its accounts, and who works behind it."""

    url: str
    tokens: dict[str, str]
    settings: Settings
    sessions: Sessions
    temporal: Client
    running: AsyncExitStack

    async def is_staffed(self) -> None:
        """The worker begins to work: until then the API decides no command."""
        smtp = await self.running.enter_async_context(SmtpClient(self.settings.smtp_url))
        for worker in workers_for(self.temporal, self.sessions, self.settings, smtp, STRICT):
            await self.running.enter_async_context(worker)


@pytest_asyncio.fixture
async def served(seeded_database: SeededDatabase, mailbox: Mailbox, tmp_path: Path) -> AsyncIterator[Served]:
    """PostgreSQL, Temporal, a mail server and the API at a port; nobody works yet.

    Temporal is this test's own: numbers begin anew in each database.
    """
    server = Temporal(tmp_path / "temporal", in_memory=True)
    await server.start()
    settings = Settings(
        database_url=seeded_database.url,
        temporal_address=server.address,
        smtp_url=SecretStr(mailbox.smtp_url),
        link_secret=SecretStr("a-secret-of-these-tests-and-no-other"),
        payload_keys=SecretStr("a:" + "A" * 43 + "="),
        command_budget_seconds=2.0,
    )
    engine = engine_for(settings.database_url, pool_size=4)
    async with AsyncExitStack() as running:
        running.push_async_callback(server.stop)
        running.push_async_callback(engine.dispose)
        app = await running.enter_async_context(application(settings))
        port = await running.enter_async_context(listening(app))
        temporal = await connect(settings)
        yield Served(
            url=f"http://127.0.0.1:{port}",
            tokens=seeded_database.tokens,
            settings=settings,
            sessions=sessions_for(engine),
            temporal=temporal,
            running=running,
        )
