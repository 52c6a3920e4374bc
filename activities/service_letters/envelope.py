"""The envelope of a letter of no proceeding: the service writes, and says that it does so by itself."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from activities.letters.headers import POLICY, POLICY_UTF8
from activities.letters.message import mailbox
from locales.catalogue import text
from models.settings.environment import Settings
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language

_LONGEST_LINE: Final = 900
"""Octets of a header's line. An address in brackets has no space to be folded at, and would be encoded."""


class Envelope(Model):
    """To whom, about what; `address` is checked. `ends_at`: one press ends such letters (RFC 8058)."""

    address: str
    language: Language
    subject: str
    message_id: str
    ends_at: str = ""


def enveloped(about: Envelope, settings: Settings, now: datetime) -> EmailMessage:
    """The message without its words; `now` is UTC."""
    policy = POLICY if about.address.isascii() else POLICY_UTF8
    message = EmailMessage(policy=policy.clone(max_line_length=_LONGEST_LINE) if about.ends_at else policy)
    message["From"] = Address(text(about.language, "page.service"), addr_spec=settings.mail_from)
    message["To"] = mailbox(about.address)
    message["Reply-To"] = mailbox(str(settings.mail_reply_to or settings.mail_from))
    message["Date"] = format_datetime(now)
    message["Subject"] = about.subject
    message["Message-ID"] = about.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if about.ends_at:
        message["List-Unsubscribe"] = f"<{about.ends_at}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message
