"""Letters about signing in: their words in the person's language, and their envelope."""

from collections.abc import Mapping
from datetime import date, datetime

from activities.letters.message import domain_of, set_boundaries
from activities.service_letters.envelope import Envelope, enveloped
from activities.service_letters.letter import ServiceWords, lay_out
from locales.catalogue import text
from locales.dates import say_date, say_instant
from models.settings.environment import Settings
from models.vocabulary.procedure import Language
from models.vocabulary.sign_in import LINK_MINUTES


def letter_words(language: Language, name: str, link: str, asked_at: datetime) -> ServiceWords:
    """The letter to somebody of this name; `asked_at` is when the link was asked for."""

    def say(key: str, **params: object) -> str:
        return text(language, f"sign_in.letter.{key}", **params)

    return ServiceWords(
        language=language,
        subject=say("subject"),
        writes=say("writes", name=name),
        ask=say("ask", asked=say_instant(language, asked_at)),
        when=say("when", minutes=LINK_MINUTES),
        button=say("button"),
        link=link,
        anywhere=say("anywhere"),
        if_not=say("if_not_you"),
        automatic=say("automatic"),
    )


def change_words(language: Language, changed_at: datetime) -> ServiceWords:
    """The letter to an address that opens an account no longer: it names nobody."""

    def say(key: str, **params: object) -> str:
        return text(language, f"sign_in.changed.{key}", **params)

    return ServiceWords(
        language=language,
        subject=say("subject"),
        writes=say("writes"),
        ask=say("ask", changed=say_instant(language, changed_at)),
        if_not=say("if_not_you"),
        automatic=text(language, "sign_in.letter.automatic"),
    )


def expiry_words(language: Language, facts: Mapping[str, str]) -> ServiceWords:
    """The letter to whose token it is, before its last day."""

    def say(key: str, **params: object) -> str:
        return text(language, f"sign_in.token_expires.{key}", **params)

    last = say_date(language, date.fromisoformat(facts["last_day"]))
    return ServiceWords(
        language=language,
        subject=say("subject"),
        writes=text(language, "sign_in.changed.writes"),
        ask=say("ask", label=facts["label"] or "–", last_day=last),
        if_not=say("if_not_you"),
        automatic=text(language, "sign_in.letter.automatic"),
    )


def disabled_words(language: Language, facts: Mapping[str, str], told_at: datetime) -> ServiceWords:
    """The letter to whoever registered an address that nothing is delivered to any more."""

    def say(key: str, **params: object) -> str:
        return text(language, f"sign_in.webhook_disabled.{key}", **params)

    return ServiceWords(
        language=language,
        subject=say("subject"),
        writes=text(language, "sign_in.changed.writes"),
        ask=say("ask", label=facts["label"], host=facts["host"], at=say_instant(language, told_at)),
        if_not=say("if_not_you"),
        automatic=text(language, "sign_in.letter.automatic"),
    )


def message_id(letter: str, settings: Settings) -> str:
    """The same for every try: mail servers and people can tell a copy by it."""
    return f"<sign-in.{letter}@{domain_of(settings)}>"


def letter_mail(words: ServiceWords, letter: str, address: str, settings: Settings, now: datetime) -> bytes:
    """The message as it goes out. `address` is the checked one, `now` is UTC."""
    about = Envelope(
        address=address,
        language=words.language,
        subject=words.subject,
        message_id=message_id(letter, settings),
    )
    message = enveloped(about, settings, now)
    lay_out(message, words)
    message["Content-Language"] = words.language.value
    set_boundaries(message)
    return message.as_bytes()
