"""What a sentence is filled with before it is in a language: a mention is looked up when somebody reads."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TypeAlias

from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Id, ItemKind


class Mention(Model):
    """Somebody or something the registries have a name for; `registry` says where to look."""

    registry: RecipientKind
    id: Id
    by_own_name: bool = False  # without what became of it since: the sentence says that itself


@dataclass(frozen=True)
class Tally:
    """How often a word was said: `accepted: 3`."""

    word: Enum
    count: int


@dataclass(frozen=True)
class Numbered:
    """A proposal or a recommendation, as the report numbers it."""

    kind: ItemKind
    position: int


@dataclass(frozen=True)
class Typed:
    """A few words that somebody typed in one language."""

    words: str


Saying: TypeAlias = (
    "Mention | Tally | Numbered | Typed | Enum | date | datetime | int | str | tuple[Saying, ...] | None"
)


def organisation(known: Id) -> Mention:
    """A body."""
    return Mention(registry=RecipientKind.ORGANISATION, id=known)


def former(known: Id) -> Mention:
    """A body of which the sentence itself says that it is no more."""
    return Mention(registry=RecipientKind.ORGANISATION, id=known, by_own_name=True)


def account(known: Id) -> Mention:
    """Somebody who signs in."""
    return Mention(registry=RecipientKind.ACCOUNT, id=known)


def person(known: Id) -> Mention:
    """A natural person."""
    return Mention(registry=RecipientKind.PERSON, id=known)


def mentions(saying: Saying) -> tuple[Mention, ...]:
    """Every mention in a saying, to be looked up at once."""
    if isinstance(saying, tuple):
        return tuple(found for part in saying for found in mentions(part))
    return (saying,) if isinstance(saying, Mention) else ()
