"""Letters about signing in: their words in the person's language, and their envelope."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from activities.letters.headers import POLICY, POLICY_UTF8
from activities.letters.message import domain_of, mailbox, set_boundaries
from activities.letters.templates_in import templates_in
from locales.catalogue import text
from locales.dates import say_instant
from models.settings.environment import Settings
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language
from models.vocabulary.sign_in import LINK_MINUTES

_TEMPLATES: Final = templates_in(Path(__file__).parent / "templates")


class LetterWords(Model):
    """What both forms lay out, in the order in which it is read."""

    language: Language
    subject: str
    writes: str
    ask: str
    if_not_you: str
    automatic: str
    when: str = ""
    button: str = ""
    link: str = ""
    anywhere: str = ""


def letter_words(language: Language, name: str, link: str, asked_at: datetime) -> LetterWords:
    """The letter to somebody of this name; `asked_at` is when the link was asked for."""

    def say(key: str, **params: object) -> str:
        return text(language, f"sign_in.letter.{key}", **params)

    return LetterWords(
        language=language,
        subject=say("subject"),
        writes=say("writes", name=name),
        ask=say("ask", asked=say_instant(language, asked_at)),
        when=say("when", minutes=LINK_MINUTES),
        button=say("button"),
        link=link,
        anywhere=say("anywhere"),
        if_not_you=say("if_not_you"),
        automatic=say("automatic"),
    )


def change_words(language: Language, changed_at: datetime) -> LetterWords:
    """The letter to an address that opens an account no longer: it names nobody."""

    def say(key: str, **params: object) -> str:
        return text(language, f"sign_in.changed.{key}", **params)

    return LetterWords(
        language=language,
        subject=say("subject"),
        writes=say("writes"),
        ask=say("ask", changed=say_instant(language, changed_at)),
        if_not_you=say("if_not_you"),
        automatic=text(language, "sign_in.letter.automatic"),
    )


def message_id(letter: str, settings: Settings) -> str:
    """The same for every try: mail servers and people can tell a copy by it."""
    return f"<sign-in.{letter}@{domain_of(settings)}>"


def letter_mail(words: LetterWords, letter: str, address: str, settings: Settings, now: datetime) -> bytes:
    """The message as it goes out. `address` is the checked one, `now` is UTC."""
    message = EmailMessage(policy=POLICY if address.isascii() else POLICY_UTF8)
    message["From"] = Address(text(words.language, "page.service"), addr_spec=settings.mail_from)
    message["To"] = mailbox(address)
    message["Reply-To"] = mailbox(str(settings.mail_reply_to or settings.mail_from))
    message["Date"] = format_datetime(now)
    message["Subject"] = words.subject
    message["Message-ID"] = message_id(letter, settings)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(_TEMPLATES.get_template("sign_in.txt").render(s=words), cte="base64")
    html = _TEMPLATES.get_template("sign_in.html").render(s=words)
    message.add_alternative(html, subtype="html", cte="base64")
    message["Content-Language"] = words.language.value
    set_boundaries(message)
    return message.as_bytes()
