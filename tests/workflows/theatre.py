"""Where stories are played: real servers, running workers, the sample country.

Temporal's dev server, PostgreSQL, an SMTP server and Typst are the real ones; only the API is left out, so
that a story reads as the procedure and nothing else.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from pydantic import SecretStr
from temporalio.client import Client, WorkflowHistory
from temporalio.testing import WorkflowEnvironment
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from activities.database.sessions import Sessions, engine_for, sessions_for
from activities.letters.smtp import SmtpClient
from local.mailbox import Mailbox
from models.settings.environment import Settings
from tests.replay.endings import Ending
from worker import workers_for

LINK_SECRET = "a-secret-of-these-tests-and-no-other"
PUBLIC_URL = "http://monitoring.example.kz"
STRICT = SandboxedWorkflowRunner()
"""Stories watch for what must not be in a workflow; the worker as a process runs them as in production."""
SMTP_PATIENCE_SECONDS = 5.0
"""Shorter than a busy machine needs, a letter would be deferred, and tried again after ever longer pauses."""


class Keeper(Protocol):
    """Keeps the history of a run that ended in a way the replay gate wants to know (`tests.replay`)."""

    def keep(self, ending: Ending, history: WorkflowHistory) -> None:
        """Keep it."""


@dataclass
class Theatre:
    """The parts a story plays on. `clock` is there where time is virtual."""

    client: Client
    sessions: Sessions
    mailbox: Mailbox
    clock: WorkflowEnvironment | None = None
    keeper: Keeper | None = None
    stories: int = 0


def settings_for(database_url: str, mailbox: Mailbox) -> Settings:
    """The settings of a worker in a test."""
    return Settings(
        database_url=database_url,
        smtp_url=SecretStr(mailbox.smtp_url),
        link_secret=SecretStr(LINK_SECRET),
        public_url=PUBLIC_URL,
    )


@asynccontextmanager
async def theatre_for(
    client: Client,
    database_url: str,
    mailbox: Mailbox,
    *,
    clock: WorkflowEnvironment | None = None,
    with_workers: bool = True,
) -> AsyncIterator[Theatre]:
    """On a database with the sample country; workers in this process, unless the test runs its own."""
    engine = engine_for(database_url)
    sessions = sessions_for(engine)
    given = settings_for(database_url, mailbox)
    async with AsyncExitStack() as running:
        running.push_async_callback(engine.dispose)
        if with_workers:
            smtp = SmtpClient(given.smtp_url, SMTP_PATIENCE_SECONDS, given.mail_connections)
            await running.enter_async_context(smtp)
            for worker in workers_for(client, sessions, given, smtp, STRICT):
                await running.enter_async_context(worker)
        yield Theatre(client, sessions, mailbox, clock)
