"""A real mail server for tests: it accepts, refuses, stalls, goes away and comes back on the same port."""

import asyncio
from asyncio.base_events import Server
from collections.abc import Iterable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPTED = "250 2.0.0 Ok: queued as 4F1A2B3C"


class PostOffice:
    """The next answers to RCPT, MAIL and DATA can be queued; without them everything is accepted."""

    def __init__(self) -> None:
        self.mail_answers: list[str] = []
        self.recipient_answers: list[str] = []
        self.data_answers: list[str] = []
        self.received: list[EmailMessage] = []
        self.connections = 0
        self.stalled = False
        self.reached_data = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._port = 0
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._port}"

    def open(self) -> None:
        self._controller = _Counter(self, hostname="127.0.0.1", port=self._port, ready_timeout=10)
        self._controller.start()
        server = cast(Server, self._controller.server)
        self._port = server.sockets[0].getsockname()[1]

    def close(self) -> None:
        if self._controller:
            self._controller.stop()
        self._controller = None

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mail_answers:
            return self.mail_answers.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.recipient_answers:
            return self.recipient_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.stalled:
            self._loop.call_soon_threadsafe(self.reached_data.set)
            await asyncio.Event().wait()
        if self.data_answers:
            return self.data_answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(message_from_bytes(content, policy=SMTP_POLICY))
        return ACCEPTED


class _Counter(Controller):
    def factory(self) -> SMTP:
        cast(PostOffice, self.handler).connections += 1
        return cast(SMTP, super().factory())  # type: ignore[no-untyped-call]


def part(message: EmailMessage, content_type: str) -> str:
    """The decoded text of the first part of a type."""
    for candidate in message.walk():
        if candidate.get_content_type() == content_type:
            return str(candidate.get_content())
    raise AssertionError(f"no {content_type} in {[p.get_content_type() for p in message.walk()]}")


def attachments(message: EmailMessage) -> dict[str, bytes]:
    """Attached files by name, as bytes."""
    parts = cast(Iterable[EmailMessage], message.iter_attachments())
    return {p.get_filename() or "": cast(bytes, p.get_payload(decode=True)) for p in parts}
