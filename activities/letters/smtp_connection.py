"""One connection to the mail server, kept open, and a verdict on every message handed to it."""

import asyncio
from enum import StrEnum
from typing import Final
from urllib.parse import unquote, urlsplit

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from pydantic import SecretStr

from activities.bounds.within import within
from models.letters.post import DeliveryOutcome
from models.vocabulary.base import Model

_OK: Final = 250
_PERMANENT: Final = range(500, 600)
_FOR_ANY_ALPHABET: Final = ("SMTPUTF8", "BODY=8BITMIME")
# RFC 3463 x.6.7: a mailbox name that is not ASCII, and a server that cannot pass it on.
_NOT_ASCII_REFUSED: Final = (553, "5.6.7 the mail server does not accept addresses that are not ASCII")
# RFC 4954: they speak of our login, not of the recipient, even as an answer to RCPT.
_ABOUT_US: Final = frozenset({530, 534, 535, 538})


class SmtpScheme(StrEnum):
    PLAIN = "smtp"
    TLS = "smtps"
    STARTTLS = "smtp+starttls"

    @property
    def port(self) -> int:
        """The usual port."""
        return {SmtpScheme.PLAIN: 25, SmtpScheme.TLS: 465, SmtpScheme.STARTTLS: 587}[self]


class SmtpAddress(Model):
    """Where the mail server is and how to speak to it."""

    scheme: SmtpScheme
    host: str
    port: int
    user: str | None = None
    password: SecretStr | None = None


class Handover(Model):
    """The server's verdict: reply code and text, with its queue id if it tells one."""

    outcome: DeliveryOutcome
    code: int | None
    reply: str


def smtp_address(url: SecretStr) -> SmtpAddress:
    """Read `smtp://`, `smtps://` or `smtp+starttls://user:password@host:port`.

    Raises ValueError without quoting the address: it may hold a password.
    """
    parts = urlsplit(url.get_secret_value())
    if parts.scheme not in set(SmtpScheme) or not parts.hostname:
        raise ValueError("SMTP_URL is not smtp://, smtps:// or smtp+starttls:// with a host")
    scheme = SmtpScheme(parts.scheme)
    return SmtpAddress(
        scheme=scheme,
        host=parts.hostname,
        port=parts.port or scheme.port,
        user=unquote(parts.username) if parts.username else None,
        password=SecretStr(unquote(parts.password)) if parts.password else None,
    )


class SmtpConnection:
    """Hands messages over one at a time; mended when it breaks.

    `timeout_seconds` bounds every exchange, half as much again a whole message. Never raises for what the
    server or the network does: the verdict says it.
    """

    def __init__(self, address: SmtpAddress, timeout_seconds: float) -> None:
        self._client = SMTP(
            hostname=address.host,
            port=address.port,
            username=address.user,
            password=address.password.get_secret_value() if address.password else None,
            use_tls=address.scheme is SmtpScheme.TLS,
            start_tls=address.scheme is SmtpScheme.STARTTLS,
            timeout=timeout_seconds,
        )
        self._message_seconds = 1.5 * timeout_seconds
        self._lock = asyncio.Lock()

    async def send(self, sender: str, recipient: str, message: bytes) -> Handover:
        """Hand one message over to one recipient."""
        async with self._lock:
            try:
                handing = self._handed_over(sender, recipient, message)
                return await within(self._message_seconds, handing, "the mail server has taken a message")
            except SMTPRecipientsRefused as refused:
                first = refused.recipients[0]
                return _refusal(first.code, first.message)
            except SMTPDataError as refused:
                return _refusal(refused.code, refused.message)
            except SMTPResponseException as fault:
                # Greeting, login or sender: it is we who are refused, whatever the code. That can be mended.
                self._client.close()
                return Handover(outcome=DeliveryOutcome.DEFERRED, code=fault.code, reply=fault.message)
            except (SMTPException, OSError) as fault:
                self._client.close()
                return Handover(outcome=DeliveryOutcome.DEFERRED, code=None, reply=type(fault).__name__)
            except asyncio.CancelledError:
                # An answer may still be under way: it must not be taken for the next message's.
                self._client.close()
                raise

    async def close(self) -> None:
        """Say goodbye, if anybody still listens."""
        async with self._lock:
            if self._client.is_connected:
                try:
                    await within(
                        self._message_seconds, _goodbye(self._client), "the mail server says goodbye"
                    )
                except (SMTPException, OSError):
                    self._client.close()

    async def _connected(self) -> None:
        """An idle connection may have been closed by the server without our noticing: ask first."""
        if self._client.is_connected:
            try:
                await self._client.noop()
                return
            except (SMTPException, OSError):
                self._client.close()
        await self._client.connect()

    async def _handed_over(self, sender: str, recipient: str, message: bytes) -> Handover:
        await self._connected()
        options = () if recipient.isascii() else _FOR_ANY_ALPHABET
        try:
            _, reply = await self._client.sendmail(sender, recipient, message, mail_options=options)
        except SMTPNotSupported:
            return _refusal(*_NOT_ASCII_REFUSED)
        return Handover(outcome=DeliveryOutcome.ACCEPTED, code=_OK, reply=reply)


async def _goodbye(client: SMTP) -> None:
    await client.quit()


def _refusal(code: int, reply: str) -> Handover:
    final = code in _PERMANENT and code not in _ABOUT_US
    outcome = DeliveryOutcome.REJECTED if final else DeliveryOutcome.DEFERRED
    return Handover(outcome=outcome, code=code, reply=reply)
