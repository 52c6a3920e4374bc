"""Every event has its sentence for the timeline in three languages, filled from what `models.timeline` tells.

A yes-or-no field may have a more particular sentence: `event.<type>.<field>.true` or `….false`; one that is
not always given too: `….given`.
"""

from datetime import date, datetime
from enum import Enum
from string import Formatter
from typing import Annotated, get_args, get_origin

import pytest
from pydantic.fields import FieldInfo

from locales.catalogue import LOCALES, read_catalogue, text
from models.events import Event
from models.timeline.told import names_told
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language

FILE = "history.po"
PREFIX = "event."
EVENTS: dict[str, type[Model]] = {
    event.model_fields["type"].default: event for event in get_args(get_args(Event)[0])
}
SIMPLE = (str, int, date, datetime, Enum)


def simple_fields(event: type[Model]) -> dict[str, object]:
    """The fields that a timeline can print: always given, and no model or list of models."""
    return {
        name: field.annotation
        for name, field in event.model_fields.items()
        if name != "type" and field.is_required() and _simple(field.annotation)
    }


def _simple(annotation: object) -> bool:
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return isinstance(annotation, type) and issubclass(annotation, SIMPLE) and annotation is not bool


def sentences(language: Language) -> dict[str, str]:
    catalogue = read_catalogue(LOCALES / language.value / FILE, language)
    told = {str(message.id): str(message.string) for message in catalogue if message.id}
    return {key: sentence for key, sentence in told.items() if key.startswith(PREFIX)}


def variants() -> set[str]:
    return {
        f"{PREFIX}{name}.{field}.{value}"
        for name, event in EVENTS.items()
        for field, about in event.model_fields.items()
        for value in _values(about)
    }


def _values(about: FieldInfo) -> tuple[str, ...]:
    if about.annotation is bool:
        return ("true", "false")
    return ("given",) if about.default is None else ()


def placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}


@pytest.mark.parametrize("language", Language)
def test_events_and_sentences_are_the_same_set(language: Language) -> None:
    keys, events = set(sentences(language)), {PREFIX + name for name in EVENTS}
    assert events - keys == set(), f"write these sentences in locales/{language.value}/{FILE}"
    assert keys - events - variants() == set(), f"no such event or yes-or-no field; take these out of {FILE}"


KEYS = sorted(sentences(Language.KK))


def event_of(key: str) -> type[Model]:
    return EVENTS[key.removeprefix(PREFIX).split(".")[0]]


def known_of(key: str) -> set[str]:
    """Its own simple fields, and what the timeline tells besides (names, dates, the matter)."""
    return set(simple_fields(event_of(key))) | names_told(event_of(key))


@pytest.mark.parametrize("key", KEYS)
def test_a_sentence_is_filled_from_the_event_s_own_fields(key: str) -> None:
    known = known_of(key)
    said = [placeholders(sentences(language)[key]) for language in Language]
    assert said[0] <= known, f"{key}: {said[0] - known} is neither a simple field nor told by models.timeline"
    assert said[1:] == said[:1] * 2, f"{key}: the three languages say the same facts"


@pytest.mark.parametrize("key", KEYS)
def test_the_loader_finds_and_fills_each_sentence(key: str) -> None:
    for language in Language:
        told = text(language, key, **dict.fromkeys(known_of(key), "7"))
        assert "{" not in told
        assert told.endswith(".")
