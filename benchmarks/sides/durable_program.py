"""The same lifecycles on DBOS: run by an interpreter that has it, knows nothing of the product.

`durable_program.py DATABASE SMTP_PORT COMMANDS REPLIES LETTERS`; lines: `lifecycles 16 8`, `flat 8 8`.
A lifecycle is one durable workflow: a command is a message to it, which it answers by an event when the step
that writes its row is done; a letter is a step. The flat one takes its steps by itself, commanded by nobody.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from uuid import uuid4

import aiosmtplib
from dbos import DBOS
from psycopg_pool import AsyncConnectionPool

TABLE = b"CREATE TABLE IF NOT EXISTS durable (name text, seq int, words text, PRIMARY KEY (name, seq))"
INSERT = b"INSERT INTO durable VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
CONNECTIONS = 4


Play = Callable[[str], Awaitable[None]]
TOPIC = "command"
PATIENCE = 60.0


class Post:
    """Letters over a few connections that stay open."""

    def __init__(self) -> None:
        self._free: asyncio.Queue[aiosmtplib.SMTP] = asyncio.Queue()

    async def open(self, port: int) -> None:
        """Connect."""
        for _ in range(CONNECTIONS):
            smtp = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False)
            await smtp.connect()
            self._free.put_nowait(smtp)

    async def send(self, subject: str) -> None:
        """One letter."""
        smtp = await self._free.get()
        try:
            await smtp.send_message(letter(subject))
        finally:
            self._free.put_nowait(smtp)


class Steps:
    """What happens once and is remembered. Called, not decorated: mypy does not know the package."""

    def __init__(self, pool: AsyncConnectionPool, post: Post) -> None:
        async def write_row(name: str, seq: int) -> None:
            async with pool.connection() as connection:
                await connection.execute(INSERT, (name, seq, "a command"))

        async def send_letter(subject: str) -> None:
            await post.send(subject)

        self.row, self.letter = DBOS.step()(write_row), DBOS.step()(send_letter)


def flat(steps: Steps, rows: int, letters: int) -> Play:
    """Step after step."""

    async def alone(name: str) -> None:
        for seq in range(rows):
            await steps.row(name, seq)
            if seq < letters:
                await steps.letter(f"{name}/{seq}")

    play: Play = DBOS.workflow()(alone)
    return play


def lifecycle(steps: Steps, rows: int, letters: int) -> Play:
    """A step for each command that comes from outside, and its answer."""

    async def commanded(name: str) -> None:
        for seq in range(rows):
            await DBOS.recv_async(TOPIC, PATIENCE)
            await steps.row(name, seq)
            await DBOS.set_event_async(f"done/{seq}", seq)
            if seq < letters:
                await steps.letter(f"{name}/{seq}")

    durable = DBOS.workflow()(commanded)

    async def play(name: str) -> None:
        handle = await DBOS.start_workflow_async(durable, name)
        identity = handle.get_workflow_id()
        for seq in range(rows):
            await DBOS.send_async(identity, "a command", TOPIC)
            await DBOS.get_event_async(identity, f"done/{seq}", PATIENCE)
        await handle.get_result()

    return play


def letter(subject: str) -> EmailMessage:
    """As the bare engine's."""
    message = EmailMessage()
    message["From"], message["To"] = "monitoring@example.kz", "kense@example.kz"
    message["Subject"], message["Message-ID"] = subject, f"<{subject}@example.kz>"
    message.set_content("Есеп қаралды. Отчёт рассмотрен.\n" * 20)
    return message


async def obey(database: str, smtp_port: int, commands: int, replies: int, letters: int) -> None:
    """Until the standard input ends."""
    dsn = database.replace("+psycopg", "", 1)
    DBOS(config={"name": "bench", "system_database_url": database, "log_level": "ERROR"})
    async with AsyncConnectionPool(dsn, kwargs={"autocommit": True}, min_size=4, max_size=10) as pool:
        async with pool.connection() as connection:
            await connection.execute(TABLE)
        post = Post()
        await post.open(smtp_port)
        steps, rows = Steps(pool, post), commands + replies
        play = {"lifecycles": lifecycle(steps, rows, letters), "flat": flat(steps, rows, letters)}
        DBOS.launch()
        lines = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
        print("{}", flush=True)
        while line := (await lines.readline()).decode().split():
            print(json.dumps(await _played(play[line[0]], int(line[1]), int(line[2]))), flush=True)


async def _played(play: Play, count: int, together: int) -> dict[str, object]:
    gate, calls, begun = asyncio.Semaphore(together), [], time.perf_counter()

    async def one() -> None:
        async with gate:
            started = time.perf_counter()
            await play(uuid4().hex)
            calls.append((time.perf_counter() - started) * 1000)

    await asyncio.gather(*(one() for _ in range(count)))
    return {"seconds": time.perf_counter() - begun, "calls": calls}


if __name__ == "__main__":
    asyncio.run(obey(sys.argv[1], *(int(number) for number in sys.argv[2:])))
