"""One connection to the mail server, kept open between letters, and a verdict on every message."""

import asyncio
import time
from typing import Final

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from activities.bounds.within import within
from activities.letters.handover import Handover, refusal, refusal_of_us
from activities.letters.pace import Pace
from activities.letters.smtp_address import SmtpAddress, SmtpScheme
from models.letters.post import DeliveryOutcome

_OK: Final = 250
_GO_ON: Final = 354
_CLOSING: Final = 421
_TRANSIENT: Final = range(400, 500)
_FOR_ANY_ALPHABET: Final = ("SMTPUTF8", "BODY=8BITMIME")
# RFC 3463 x.6.7: a mailbox name that is not ASCII, and a server that cannot pass it on.
_NOT_ASCII_REFUSED: Final = (553, "5.6.7 the mail server does not accept addresses that are not ASCII")


class SmtpConnection:
    """Hands messages over one at a time; mended when it breaks.

    `timeout_seconds` bounds every exchange, half as much again a whole message. Never raises for what the
    server or the network does: the verdict says it, and `pace` hears of it.
    """

    def __init__(self, address: SmtpAddress, timeout_seconds: float, pace: Pace) -> None:
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
        self._pace = pace
        self._lock = asyncio.Lock()

    @property
    def is_open(self) -> bool:
        return bool(self._client.is_connected)

    async def opens(self, seconds: float) -> bool:
        """Open it, unless it is; whether that went well."""
        async with self._lock:
            try:
                if not self.is_open:
                    await within(seconds, _opened(self._client), "the mail server lets us in")
            except (SMTPException, OSError):
                self._client.close()
            return self.is_open

    async def send(self, sender: str, recipient: str, message: bytes) -> Handover:
        """Hand one message over to one recipient; each of its lines ends with CR and LF."""
        async with self._lock:
            begun = time.monotonic()
            verdict = await self._verdict(sender, recipient, message)
            self._pace.heard(verdict, time.monotonic() - begun)
            return verdict

    async def close(self) -> None:
        """Say goodbye, if anybody still listens."""
        async with self._lock:
            if self.is_open:
                try:
                    await within(
                        self._message_seconds, _goodbye(self._client), "the mail server says goodbye"
                    )
                except (SMTPException, OSError):
                    self._client.close()

    async def _verdict(self, sender: str, recipient: str, message: bytes) -> Handover:
        try:
            handing = self._handed_over(sender, recipient, message)
            return await within(self._message_seconds, handing, "the mail server has taken a message")
        except (SMTPRecipientRefused, SMTPDataError) as refused:
            await self._forget_it(refused.code)
            return refusal(refused.code, refused.message)
        except SMTPResponseException as fault:
            self._client.close()
            return refusal_of_us(fault.code, fault.message)
        except (SMTPException, OSError) as fault:
            self._client.close()
            return refusal_of_us(None, type(fault).__name__)
        except asyncio.CancelledError:
            # An answer may still be under way: it must not be taken for the next message's.
            self._client.close()
            raise

    async def _handed_over(self, sender: str, recipient: str, message: bytes) -> Handover:
        in_use = self.is_open
        if not in_use:
            await self._client.connect()
        try:
            taken = await self._announced(sender, recipient, len(message))
        except (SMTPServerDisconnected, SMTPResponseException) as refused:
            if not (in_use and _is_used_up(refused)):
                raise
            # Nothing of the message was sent yet: it may be said anew.
            self._client.close()
            await self._client.connect()
            taken = await self._announced(sender, recipient, len(message))
        if not taken:
            return refusal(*_NOT_ASCII_REFUSED)
        reply = await self._said(message)
        return Handover(outcome=DeliveryOutcome.ACCEPTED, code=_OK, reply=reply)

    async def _said(self, message: bytes) -> str:
        """DATA and the message, whose lines end as mail's do (RFC 5321, 4.1.1.4, 4.5.2).

        The library's own way looks at every byte of it three times over, documents among them.
        """
        start = await self._client.execute_command(b"DATA")
        if start.code != _GO_ON:
            raise SMTPDataError(start.code, start.message)
        protocol = self._client.protocol
        if protocol is None:
            raise SMTPServerDisconnected("the connection was lost")
        quoted = (b"\r\n" + message).replace(b"\r\n.", b"\r\n..")[2:]
        protocol.write(quoted + b".\r\n")
        answer = await protocol.read_response(timeout=self._client.timeout)
        if answer.code != _OK:
            raise SMTPDataError(answer.code, answer.message)
        return answer.message

    async def _announced(self, sender: str, recipient: str, size: int) -> bool:
        """The envelope (RFC 5321, 3.3); False where the server cannot write such an address."""
        any_alphabet = not recipient.isascii()
        if any_alphabet and not await self._takes_any_alphabet():
            return False
        sizes = (f"SIZE={size}",) if self._client.supports_extension("size") else ()  # RFC 1870
        options = (*sizes, *(_FOR_ANY_ALPHABET if any_alphabet else ()))
        encoding = "utf-8" if any_alphabet else "ascii"
        await self._client.mail(sender, options=options, encoding=encoding)
        await self._client.rcpt(recipient, encoding=encoding)
        return True

    async def _takes_any_alphabet(self) -> bool:
        if self._client.is_ehlo_or_helo_needed:
            try:
                await self._client.ehlo()
            except SMTPHeloError:
                return False
        return self._client.supports_extension("smtputf8")

    async def _forget_it(self, code: int) -> None:
        """After a refusal the connection is used on: its next message begins from nothing."""
        if code == _CLOSING:
            self._client.close()
        elif self.is_open:
            try:
                await within(self._message_seconds, _forgotten(self._client), "the message is forgotten")
            except (SMTPException, OSError):
                self._client.close()


def _is_used_up(refused: SMTPServerDisconnected | SMTPResponseException) -> bool:
    """Whether a connection that has taken letters takes no more of them: by its age, or by their number.

    Servers say so by closing it, by 421, or by refusing the next sender for now.
    """
    if isinstance(refused, SMTPServerDisconnected):
        return True
    for_now = isinstance(refused, SMTPSenderRefused) and refused.code in _TRANSIENT
    return for_now or refused.code == _CLOSING


async def _opened(client: SMTP) -> None:
    await client.connect()


async def _forgotten(client: SMTP) -> None:
    await client.rset()


async def _goodbye(client: SMTP) -> None:
    await client.quit()
