"""From what an event says to a sentence in the reader's language."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum

from api.history.names import Names
from api.problems.wording import MISSING
from locales.catalogue import has_text, placeholders, text
from locales.dates import say_day, say_instant, say_zone
from locales.spoken import marked
from locales.terms import term, term_key
from models.calendar.country import COUNTRY
from models.timeline.content import CHANGES
from models.timeline.sayings import Mention, Numbered, Saying, Tally, Typed
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language


def sentence(event: Model, sayings: Mapping[str, Saying], names: Names) -> str:
    """The sentence of an event; what could not be found is a dash, never a failure."""
    key = _key(names.language, event)
    if not has_text(names.language, key):
        return text(names.language, "history.no_sentence", type=getattr(event, "type", MISSING))
    params = {name: say(sayings.get(name), names) for name in placeholders(names.language, key)}
    return text(names.language, key, **params)


def say(saying: Saying, names: Names) -> str:
    """One parameter in words: names, terms, dates as people write them."""
    language = names.language
    match saying:
        case Mention():
            said = names.of(saying)
        case Tally():
            said = f"{_term(language, saying.word)} – {saying.count}"
        case Numbered():
            said = text(language, f"letter.item.{saying.kind.value}", position=saying.position)
        case Typed():
            said = marked(language, saying.words)
        case Enum():
            said = _term(language, saying)
        case datetime():
            said = say_instant(language, saying)
        case date():
            said = say_day(language, saying)
        case tuple():
            said = ", ".join(say(part, names) for part in saying)
        case _:
            said = "" if saying is None else str(saying)
    return said or MISSING


def say_moment(language: Language, moment: datetime) -> str:
    """When a line was written, to the second: local time with its zone, then UTC."""
    local = moment.astimezone(COUNTRY)
    return text(
        language,
        "history.moment",
        day=say_day(language, local.date()),
        time=f"{local:%H:%M:%S}",
        zone=say_zone(language, local),
        utc=f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
    )


def type_name(language: Language, event: str) -> str:
    """What an event is called in a list of choices; one that has no name yet shows its word."""
    key = f"history.{'content' if event in CHANGES else 'event'}.{event}"
    return text(language, key) if has_text(language, key) else event


def _term(language: Language, member: Enum) -> str:
    return term(language, member) if has_text(language, term_key(member)) else str(member.value)


def _key(language: Language, event: Model) -> str:
    """A yes-or-no field, or one that is not always given, may have a more particular sentence."""
    key = f"event.{getattr(event, 'type', '')}"
    for name in type(event).model_fields:
        value = getattr(event, name)
        if value is None:
            continue
        particular = f"{key}.{name}.{str(value).lower() if isinstance(value, bool) else 'given'}"
        if has_text(language, particular):
            return particular
    return key
