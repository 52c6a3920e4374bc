"""The envelope: headers (RFC 5322, RFC 3834), both forms of the text, documents and the calendar file."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from activities.letters.council_meeting import calendar_file
from activities.letters.data import LetterData
from activities.letters.enclosures import EncodedDocument
from activities.letters.headers import POLICY, POLICY_UTF8
from activities.letters.names import names_of
from activities.letters.text import LetterText
from models.letters.apart import LetterApart, place_of
from models.letters.post import LetterOrder
from models.mail.keys import HEADER
from models.settings.environment import Settings
from models.vocabulary.procedure import Number, Sha256


def message_id(order: LetterOrder, settings: Settings) -> str:
    """The same for every try of one attempt at a letter: mail servers and people can tell a copy by it."""
    letter = order.letter
    # A colon may stand in an id but not in a Message-ID (RFC 5322, dot-atom); "=" may, and no id has one.
    return f"<{order.number}.{letter.id.replace(':', '=')}.{letter.attempt}@{domain_of(settings)}>"


def thread_id(number: Number, settings: Settings) -> str:
    """All letters of a monitoring hang on this one id, so that mail programs show them together."""
    return f"<{number}@{domain_of(settings)}>"


def mail(
    data: LetterData,
    words: LetterText,
    address: str,
    settings: Settings,
    now: datetime,
    documents: Mapping[Sha256, EncodedDocument],
) -> LetterApart:
    """The message as it goes out. `address` is the checked one, `now` is UTC.

    Documents were encoded before and are put into their places whole; else each letter would cost as much.
    """
    message = EmailMessage(policy=POLICY if address.isascii() else POLICY_UTF8)
    message["From"] = Address(data.conductor.name, addr_spec=settings.mail_from)
    message["To"] = mailbox(address)
    message["Reply-To"] = mailbox(_reply_to(data, settings))
    message["Date"] = format_datetime(now)
    message["Subject"] = words.subject
    message["Message-ID"] = message_id(data.order, settings)
    message["In-Reply-To"] = thread_id(data.number, settings)
    message["References"] = thread_id(data.number, settings)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    key = names_of(data.order, settings).key
    if key:
        message[HEADER] = key
    message.set_content(words.plain, cte="base64")
    message.add_alternative(words.html, subtype="html", cte="base64")
    apart = tuple(each.sha256 for each in data.documents if documents[each.sha256].apart)
    for each in data.documents:
        body = documents[each.sha256].body
        content = place_of(each.sha256) if each.sha256 in apart else base64.decodebytes(body)
        message.add_attachment(content, maintype="application", subtype="pdf", filename=each.filename)
    if data.meeting:
        message.add_attachment(
            calendar_file(data.meeting, now),
            maintype="text",
            subtype="calendar",
            filename=f"{data.number}.ics",
            params={"method": data.meeting.method.value, "charset": "utf-8"},
        )
    # Last: building the parts moves every Content-* header set before into the first of them.
    message["Content-Language"] = data.language.value
    set_boundaries(message)
    return LetterApart(written=message.as_bytes()).without(*apart)


def set_boundaries(message: EmailMessage) -> None:
    """By the Message-ID, not by chance: two tries of one letter differ in their hour and their link alone."""
    digest = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:32]
    many = (part for part in message.walk() if part.is_multipart())
    for index, part in enumerate(many):
        part.set_boundary(f"={digest}-{index}=")


def mailbox(address: str) -> Address:
    """By its parts: parsing a whole address refuses local parts that are not ASCII, which RFC 6532 allows."""
    local_part, _, domain = address.rpartition("@")
    return Address(username=local_part, domain=domain)


def _reply_to(data: LetterData, settings: Settings) -> str:
    """What people simply answer is received with its letter; without a door for it they reach people.

    That is the conductor, unless one mailbox was set for all.
    """
    received = names_of(data.order, settings).reply_to
    return str(received or settings.mail_reply_to or data.conductor.email or settings.mail_from)


def domain_of(settings: Settings) -> str:
    return str(settings.mail_from).rpartition("@")[2]
