"""A letter of no proceeding as it goes out: both forms of its text in its envelope."""

from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from pydantic import Field

from activities.letters.message import domain_of, set_boundaries
from activities.letters.templates_in import templates_in
from activities.service_letters.envelope import Envelope, enveloped
from models.letters.post import LetterOrder
from models.mail.returned_names import returned_address
from models.settings.environment import Settings
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Language

_TEMPLATES: Final = templates_in(Path(__file__).parent / "templates")


class Passage(Model):
    """One thing of several that a letter tells of: what leads to it, and a line or some about it."""

    title: str
    link: str = ""
    lines: tuple[str, ...] = ()


class ServiceWords(Model):
    """What both forms lay out, in the order in which it is read."""

    language: Language
    subject: str
    writes: str
    ask: str
    lines: tuple[str, ...] = ()
    when: str = ""
    passages: tuple[Passage, ...] = ()
    button: str = ""
    link: str = ""
    anywhere: str = ""  # about the link, below it
    if_not: str = ""
    ends: str = ""
    ends_at: str = ""
    automatic: str


class Enclosed(Model):
    """A letter of a monitoring that goes along whole: the message that it would be by itself."""

    order: LetterOrder
    subject: str
    message: bytes = Field(repr=False)


class ServiceLetter(Model):
    """To whom it goes, and what it says; `one_press` is where one press ends such letters (RFC 8058)."""

    address: str
    words: ServiceWords
    enclosed: tuple[Enclosed, ...] = ()
    one_press: str = ""


def message_id(its_id: Id, settings: Settings) -> str:
    """The same for every try: mail servers and people can tell a copy by it."""
    return f"<service.{its_id}@{domain_of(settings)}>"


def letter_mail(letter: ServiceLetter, its_id: Id, address: str, settings: Settings, now: datetime) -> bytes:
    """The message. `address` is the checked one, `now` is UTC."""
    words = letter.words
    about = Envelope(
        address=address,
        language=words.language,
        subject=words.subject,
        message_id=message_id(its_id, settings),
        ends_at=letter.one_press,
    )
    message = enveloped(about, settings, now)
    lay_out(message, words)
    for each in letter.enclosed:
        # Byte for byte: its hash is the proof. RFC 2046, 5.2.1 allows it no other encoding.
        message.add_attachment(
            each.message,
            maintype="message",
            subtype="rfc822",
            cte="7bit" if each.message.isascii() else "8bit",
            filename=f"{each.order.number}-{each.order.letter.id}.eml",
        )
    message["Content-Language"] = words.language.value
    set_boundaries(message)
    return message.as_bytes()


def lay_out(message: EmailMessage, words: ServiceWords) -> None:
    """Both forms of the text, into a message that has its envelope and no content yet."""
    message.set_content(_TEMPLATES.get_template("service_letter.txt").render(s=words), cte="base64")
    html = _TEMPLATES.get_template("service_letter.html").render(s=words)
    message.add_alternative(html, subtype="html", cte="base64")


def sender_of(its_id: Id, settings: Settings) -> str:
    """The envelope's sender: where there is a door for mail, what cannot be delivered is reported there."""
    if not settings.mail_reply_domain:
        return settings.mail_from
    return returned_address(settings.link_secrets()[0], its_id, settings.mail_reply_domain)
