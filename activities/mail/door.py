"""The door: LMTP or SMTP with SMTPUTF8, for the mail server before it. It answers 250 for what is kept.

Whatever goes wrong here is told as passing (4xx): the server before it keeps the message and asks again.
"""

import asyncio
import logging
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy.exc import SQLAlchemyError

from activities.bounds.within import within
from activities.mail.keeping import ReceivedMail
from activities.observing.codes import LogCode
from activities.observing.logs import Log, place_of
from activities.observing.metrics import MAIL_NOT_KEPT
from models.mail.automatic import is_null
from models.vocabulary.base import Model

KEEPING_SECONDS: Final = 120.0
"""Less than a server waits after the last line (RFC 5321, 4.5.3.2.6: ten minutes)."""
_LONGEST_LINE: Final = 1024 * 1024
"""Octets: longer than the standard's 998, which some programs do not keep to."""
_LATER: Final = "451 4.3.0 not kept yet, try again"

log = Log("mail")
# The library's own log tells addresses, and at its lowest level every line of a message.
logging.getLogger("mail.log").setLevel(logging.WARNING)


class DoorScheme(StrEnum):
    LMTP = "lmtp"
    SMTP = "smtp"


class DoorAddress(Model):
    """Where mail is received, and how it is spoken there."""

    scheme: DoorScheme
    host: str
    port: int


def door_address(url: str) -> DoorAddress:
    """Read `lmtp://host:port` or `smtp://host:port`. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in set(DoorScheme) or not parts.hostname or not parts.port:
        raise ValueError("MAIL_DOOR is not lmtp:// or smtp:// with a host and a port")
    return DoorAddress(scheme=DoorScheme(parts.scheme), host=parts.hostname, port=parts.port)


class _Talk:
    """What aiosmtpd asks while a server talks (its "handler")."""

    def __init__(self, mail: ReceivedMail, domain: str, scheme: DoorScheme) -> None:
        self._mail = mail
        self._domain = domain
        self._scheme = scheme

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.rpartition("@")[2].lower() != self._domain:
            return "550 5.7.1 no mail for that domain is taken here"
        if await self._mail.is_too_much(address):
            return "452 4.7.1 too much about one letter, try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 recipient ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        sender = envelope.mail_from or ""
        sender = "" if is_null(sender) else sender
        recipients, message = tuple(envelope.rcpt_tos), envelope.original_content or b""
        try:
            keeping = self._mail.keep(message, sender, recipients)
            await within(KEEPING_SECONDS, keeping, "a message is kept")
            answer = "250 2.0.0 kept"
        except (SQLAlchemyError, OSError) as fault:
            MAIL_NOT_KEPT.inc()
            log.warning(LogCode.MAIL_NOT_KEPT, fault=type(fault).__name__)
            answer = _LATER
        # LMTP answers for each recipient (RFC 2033, 4.2).
        answers = len(recipients) if self._scheme is DoorScheme.LMTP else 1
        return "\r\n".join([answer] * answers)

    async def handle_exception(self, fault: Exception) -> str:
        """Of anything else: a fault of ours, and no reason to send a message back."""
        log.error(LogCode.MAIL_DOOR_FAILED, fault=type(fault).__name__, place=place_of(fault))
        return _LATER


class _Smtp(SMTP):
    line_length_limit = _LONGEST_LINE


class _Lmtp(LMTP):
    line_length_limit = _LONGEST_LINE


async def open_door(
    mail: ReceivedMail, domain: str, address: DoorAddress, limit_bytes: int
) -> asyncio.Server:
    """Listen. Messages over so many bytes are refused (552), unsent where they tell their size."""
    talk = _Talk(mail, domain, address.scheme)
    kind = _Lmtp if address.scheme is DoorScheme.LMTP else _Smtp

    def speaker() -> SMTP:
        return kind(
            talk, data_size_limit=limit_bytes, enable_SMTPUTF8=True, hostname=domain, ident="monitoring"
        )

    return await asyncio.get_running_loop().create_server(speaker, address.host, address.port)
