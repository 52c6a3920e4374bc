"""The worker of the bare engine.

`python -m benchmarks.sides.bare_worker TEMPORAL DATABASE SMTP_PORT`
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from typing import Final

import aiosmtplib
from psycopg_pool import AsyncConnectionPool
from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from benchmarks.sides.bare_flow import QUEUE, Bare, Row
from local.ports import LOOPBACK

CONNECTIONS: Final = 4
TABLE: Final = b"CREATE TABLE IF NOT EXISTS bare (name text, seq int, words text, PRIMARY KEY (name, seq))"
INSERT: Final = b"INSERT INTO bare VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"


class Rows:
    """One row a command, committed."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    @activity.defn
    async def write_row(self, row: Row) -> None:
        """One statement, its own transaction."""
        async with self._pool.connection() as connection:
            await connection.execute(INSERT, (row.workflow, row.seq, row.words))


class Post:
    """Letters over a few connections that stay open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: asyncio.Queue[aiosmtplib.SMTP] = asyncio.Queue()

    async def open(self) -> None:
        """Connect."""
        for _ in range(CONNECTIONS):
            smtp = aiosmtplib.SMTP(hostname=LOOPBACK, port=self._port, start_tls=False)
            await smtp.connect()
            self._free.put_nowait(smtp)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[aiosmtplib.SMTP]:
        smtp = await self._free.get()
        try:
            yield smtp
        finally:
            self._free.put_nowait(smtp)

    @activity.defn
    async def send_letter(self, subject: str) -> None:
        """A letter of a few lines."""
        async with self._connection() as smtp:
            await smtp.send_message(letter(subject))


def letter(subject: str) -> EmailMessage:
    """What the floors send."""
    message = EmailMessage()
    message["From"], message["To"] = "monitoring@example.kz", "kense@example.kz"
    message["Subject"], message["Message-ID"] = subject, f"<{subject}@example.kz>"
    message.set_content("Есеп қаралды. Отчёт рассмотрен.\n" * 20)
    return message


async def work(address: str, database: str, smtp_port: int) -> None:
    """Until it is stopped. In the sandbox as the product: own modules are not imported anew per instance."""
    restrictions = SandboxRestrictions.default.with_passthrough_modules("benchmarks")
    async with AsyncConnectionPool(
        database.replace("+psycopg", "", 1), kwargs={"autocommit": True}, min_size=4, max_size=10
    ) as pool:
        async with pool.connection() as connection:
            await connection.execute(TABLE)
        post = Post(smtp_port)
        await post.open()
        client = await Client.connect(address)
        await Worker(
            client,
            task_queue=QUEUE,
            workflows=[Bare],
            activities=[Rows(pool).write_row, post.send_letter],
            workflow_runner=SandboxedWorkflowRunner(restrictions=restrictions),
            max_cached_workflows=2000,
        ).run()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2], int(sys.argv[3])))
