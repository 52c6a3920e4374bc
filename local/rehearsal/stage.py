"""What the rehearsal is played on: PostgreSQL, Temporal on virtual time, a mailbox, workers in this process.

All of it lives in a directory of its own that is thrown away; nothing outlives the rehearsal.
"""

import logging
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr
from temporalio.client import Client
from temporalio.testing import TimeSkipper

from activities.database.sessions import Sessions, engine_for, sessions_for
from activities.letters.smtp import SmtpClient
from local.mailbox import Mailbox
from local.postgres import Postgres
from local.programs import migrate
from local.rehearsal.cast import country
from local.secret import lasting_secret
from local.seed import seed
from local.stack import MAIL_FROM
from local.temporal import Temporal
from models.settings.environment import Settings
from models.settings.payload_keys import PayloadEncryption
from worker import workers_for
from workflows.client import connect


@dataclass(frozen=True)
class Stage:
    """The running parts. `skipper` moves one workflow's clock."""

    client: Client
    skipper: TimeSkipper
    sessions: Sessions
    mailbox: Mailbox
    settings: Settings

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Workers on all queues; when the block ends they are stopped."""
        async with AsyncExitStack() as running:
            given = self.settings
            smtp = SmtpClient(given.smtp_url, connections=given.mail_connections)
            await running.enter_async_context(smtp)
            for worker in workers_for(self.client, self.sessions, self.settings, smtp):
                await running.enter_async_context(worker)
            yield


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    """Everything started and the country seeded; all of it is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="monitoring-rehearsal-") as directory:
        home = Path(directory)
        async with AsyncExitStack() as running:
            postgres = Postgres(home, fast=True)
            running.push_async_callback(postgres.stop)
            await postgres.start()
            temporal = Temporal(home, in_memory=True, time_skipping=True)
            running.push_async_callback(temporal.stop)
            await temporal.start()
            mailbox = Mailbox(home / "mailbox")
            running.push_async_callback(mailbox.stop)
            await mailbox.start()
            await migrate(postgres.url(), home / "log" / "migrate.log")
            await seed(postgres.url(), country=country())
            engine = engine_for(postgres.url())
            running.push_async_callback(engine.dispose)
            settings = _settings(home, postgres, temporal, mailbox)
            client = await connect(settings)
            yield Stage(client, TimeSkipper(client), sessions_for(engine), mailbox, settings)


def _settings(home: Path, postgres: Postgres, temporal: Temporal, mailbox: Mailbox) -> Settings:
    """A worker's settings. Nothing real is confidential here, and all letters of a day leave at once."""
    return Settings(
        database_url=postgres.url(),
        temporal_address=temporal.address,
        smtp_url=SecretStr(mailbox.smtp_url),
        link_secret=SecretStr(lasting_secret(home / "secrets" / "links")),
        payload_encryption=PayloadEncryption.OFF,
        mail_from=MAIL_FROM,
    )


def quiet() -> None:
    """The SDK and the libraries say nothing between the lines of the timetable."""
    logging.disable(logging.WARNING)
