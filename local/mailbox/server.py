"""The SMTP sink and its web view, in the caller's event loop."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session

from local.mailbox.faults import Faults
from local.mailbox.store import Letter, LetterStore
from local.mailbox.view import create_view
from local.ports import LOOPBACK, free_port

MAX_LETTER_BYTES = 32 * 1024 * 1024


class _Sink:
    """What aiosmtpd asks while a client talks (its "handler")."""

    def __init__(self, store: LetterStore, faults: Faults, arrived: asyncio.Condition) -> None:
        self._store = store
        self._faults = faults
        self._arrived = arrived
        self._taken = 0

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._faults.wait_while_stalled()
        most = self._faults.letters_per_connection
        if most is not None and self._taken >= most:
            return "421 4.7.0 too many letters by one connection"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 sender ok"

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self._faults.reply_to(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 recipient ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self._faults.refuse_content:
            return self._faults.refuse_content
        await asyncio.sleep(self._faults.slow_seconds)
        content = envelope.original_content or b""
        try:
            letter_id = self._store.add(envelope.mail_from or "", list(envelope.rcpt_tos), content)
        except OSError:
            return "452 4.3.1 no room for it now"
        self._taken += 1
        async with self._arrived:
            self._arrived.notify_all()
        if self._faults.lose_answers > 0:
            self._faults.lose_answers -= 1
            _drop(server)
        return f"250 2.0.0 queued as {letter_id}"


class _TurnedAway(asyncio.Protocol):
    """Somebody who has too many connections already."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):
            transport.write(b"421 4.7.0 too many connections\r\n")
            transport.close()


class _View(uvicorn.Server):
    """The web view; Ctrl-C belongs to whoever runs the mailbox."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Mailbox:
    """An SMTP server that keeps every letter, and a web page that shows them.

    `stop()` and `start()` again keep the port and the letters. `faults` says what goes wrong.
    """

    def __init__(
        self,
        directory: Path,
        *,
        smtp_port: int | None = None,
        http_port: int | None = None,
        host: str = LOOPBACK,
    ) -> None:
        """Keep letters in `directory`. Without `http_port` there is no web view."""
        self.store = LetterStore(directory)
        self.faults = Faults()
        self._host = host
        self._smtp_port = smtp_port or free_port()
        self._http_port = http_port
        self._arrived = asyncio.Condition()
        self._connections: WeakSet[SMTP] = WeakSet()
        self.connections = 0
        """How many there have been."""
        self._server: asyncio.Server | None = None
        self._view: _View | None = None
        self._viewing: asyncio.Task[None] | None = None

    @property
    def smtp_url(self) -> str:
        """For the setting SMTP_URL."""
        return f"smtp://{self._host}:{self._smtp_port}"

    @property
    def http_url(self) -> str | None:
        """Where letters are read, if they are shown."""
        return f"http://{self._host}:{self._http_port}" if self._http_port else None

    @property
    def running(self) -> bool:
        """True while letters are taken."""
        return self._server is not None

    @property
    def open_connections(self) -> int:
        """How many there are now."""
        return sum(_is_open(connection) for connection in self._connections)

    @property
    def pid(self) -> int | None:
        """This process, while letters are taken."""
        return os.getpid() if self.running else None

    async def start(self) -> None:
        """Listen; ready when it returns."""
        self._server = await asyncio.get_running_loop().create_server(
            self._connection, self._host, self._smtp_port
        )
        if self._http_port:
            # Bound here, so that the page answers as soon as start() returns and a taken port is our error.
            listener = socket.create_server((self._host, self._http_port))
            self._view = _View(uvicorn.Config(create_view(self.store), log_level="warning", lifespan="off"))
            self._viewing = asyncio.create_task(self._view.serve([listener]))

    async def stop(self) -> None:
        """Stop listening and drop open connections. The port and the letters stay ours."""
        if self._server:
            self._server.close()
            self._server = None
        self.drop_connections()
        if self._view and self._viewing:
            self._view.should_exit = self._view.force_exit = True
            await self._viewing
            self._view = self._viewing = None

    def drop_connections(self) -> None:
        """Cut all conversations short, as a server does that is restarted."""
        for connection in self._connections:
            _drop(connection)

    async def kill(self) -> None:
        """The same: a sink has nothing to finish."""
        await self.stop()

    async def wait_for(self, to: str | None = None, *, count: int = 1, seconds: float = 60.0) -> list[Letter]:
        """Wait until `count` letters (to one address) are there; all, newest first. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._arrived:
            await self._arrived.wait_for(lambda: len(self.store.letters(to)) >= count)
            return self.store.letters(to)

    def _connection(self) -> asyncio.Protocol:
        most = self.faults.connections
        if most is not None and self.open_connections >= most:
            return _TurnedAway()
        self.connections += 1
        connection = SMTP(
            _Sink(self.store, self.faults, self._arrived),
            data_size_limit=MAX_LETTER_BYTES,
            enable_SMTPUTF8=True,
            hostname="mailbox.example.kz",
        )
        self._connections.add(connection)
        return connection


def _is_open(connection: SMTP) -> bool:
    transport = connection.transport
    return isinstance(transport, asyncio.WriteTransport) and not transport.is_closing()


def _drop(connection: SMTP) -> None:
    """Cut a conversation short, without a word."""
    if isinstance(connection.transport, asyncio.WriteTransport):
        connection.transport.abort()
