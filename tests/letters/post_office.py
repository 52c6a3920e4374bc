"""A real mail server for tests: it accepts, refuses, stalls, goes away and comes back on the same port."""

import asyncio
from asyncio import WriteTransport
from asyncio.base_events import Server
from collections.abc import Iterable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from typing import cast

from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPTED = "250 2.0.0 Ok: queued as 4F1A2B3C"


class PostOffice:
    """The next answers to RCPT, MAIL and DATA can be queued; without them everything is accepted."""

    def __init__(self) -> None:
        self.mail_answers: list[str] = []
        self.recipient_answers: list[str] = []
        self.data_answers: list[str] = []
        self.received: list[EmailMessage] = []
        self.senders: list[str] = []
        self.stalled = False
        self.standing = 0
        self.any_alphabet = True
        self.reached_data = asyncio.Event()
        self._port = 0
        self._server: Server | None = None
        self._speakers: list[SMTP] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._port}"

    @property
    def connections(self) -> int:
        """How many there have been."""
        return len(self._speakers)

    async def open(self) -> None:
        """Listen: on any free port the first time, then on the same one."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._speaker, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop at once, in the middle of a sentence if need be."""
        assert self._server is not None
        self._server.close()
        for speaker in self._speakers:
            if speaker.transport:
                cast(WriteTransport, speaker.transport).abort()
        await self._server.wait_closed()

    def _speaker(self) -> SMTP:
        speaker = SMTP(self, enable_SMTPUTF8=self.any_alphabet)
        self._speakers.append(speaker)
        return speaker

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
            self.reached_data.set()
            self.standing += 1
            await asyncio.Event().wait()
        if self.data_answers:
            return self.data_answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        self.senders.append(envelope.mail_from or "")
        self.received.append(message_from_bytes(content, policy=SMTP_POLICY))
        return ACCEPTED


def part(message: EmailMessage, content_type: str) -> str:
    """The decoded text of the first part of a type."""
    for candidate in message.walk():
        if candidate.get_content_type() == content_type:
            return str(candidate.get_content()).replace("\r\n", "\n")
    raise AssertionError(f"no {content_type} in {[p.get_content_type() for p in message.walk()]}")


def attachments(message: EmailMessage) -> dict[str, bytes]:
    """Attached files by name, as bytes."""
    parts = cast(Iterable[EmailMessage], message.iter_attachments())
    return {p.get_filename() or "": cast(bytes, p.get_payload(decode=True)) for p in parts}
