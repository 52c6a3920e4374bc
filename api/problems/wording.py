"""What a refusal is about, in the reader's words: terms for values of vocabularies, dates as people say them.

The machine-readable `params` of a problem stay as they are; only its sentence is worded.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Final

from activities.printing.form_words import number
from locales.catalogue import placeholders, text
from locales.dates import say_day, say_instant, say_size
from locales.places import codes_said
from locales.terms import term
from models.agenda.deadline import DeadlineSubject
from models.monitoring.follow_up import ItemStanding
from models.vocabulary.ladders import RUNGS, RungName
from models.vocabulary.letters import LetterKind, LetterStatus
from models.vocabulary.procedure import (
    Activity,
    Community,
    Consent,
    IndicatorKind,
    IndicatorRole,
    Language,
    OrganisationKind,
    Role,
    Stage,
    Step,
    Task,
)

MISSING: Final = "—"
# A parameter's vocabularies; where there are several, the first one that has the value words it.
VOCABULARIES: Final[Mapping[str, tuple[type[Enum], ...]]] = {
    "activity": (Activity,),
    "awaited": (DeadlineSubject,),
    "community": (Community,),
    "consent": (Consent,),
    "expected": (Step,),
    "kind": (IndicatorKind, OrganisationKind),
    "language": (Language,),
    "letter": (LetterKind,),
    "role": (IndicatorRole, Role),
    "rung": (RungName,),
    "stage": (Stage,),
    "standing": (ItemStanding,),
    "status": (LetterStatus,),
    "step": (Step,),
    "task": (Task,),
}
DAYS: Final = frozenset(
    {
        "approved",
        "began",
        "date",
        "decided_on",
        "due",
        "due_on",
        "earliest",
        "ended",
        "former",
        "latest",
        "on",
        "sent",
        "since",
        "started",
        "today",
        "told_by",
        "until",
    }
)
INSTANTS: Final = frozenset({"meeting"})
TEXTS: Final = "texts"
SIZE: Final = "bytes"
AMOUNTS: Final = frozenset({"recomputed"})
# Several rungs of a ladder, in their order.
RUNGS_LISTED: Final = frozenset({"allowed", "order"})
# What has a name of its own, where the one who answers knows it.
NAMED: Final = frozenset({"organisation", "successor", "subject", "item", "indicator", "finding", "source"})
NOTHING_NAMED: Final[Mapping[str, str]] = MappingProxyType({})


def worded(
    language: Language, key: str, params: Mapping[str, str], names: Mapping[str, str] = NOTHING_NAMED
) -> str:
    """The sentence of `key`, filled in words; `names` are those of bodies and items, by id. A parameter
    that was not given is shown as a dash: a gap in what is known about a fault must not break the answer."""
    said = {name: _said(language, name, params.get(name), names) for name in placeholders(language, key)}
    return text(language, key, **said)


def _ladder_said(language: Language, value: str) -> str:
    """What a ladder of an edition reminds of, as its form calls it."""
    if value not in RUNGS:
        raise ValueError(value)
    return text(language, f"page.registries.edition.ladder.{value}")


def _rungs_said(language: Language, value: str) -> str:
    return ", ".join(term(language, RungName(each)) for each in value.split(", "))


_READ: Final[Mapping[str, Callable[[Language, str], str]]] = MappingProxyType(
    {
        **dict.fromkeys(DAYS, lambda language, value: say_day(language, date.fromisoformat(value))),
        **dict.fromkeys(
            INSTANTS, lambda language, value: say_instant(language, datetime.fromisoformat(value))
        ),
        **dict.fromkeys(AMOUNTS, lambda language, value: number(Decimal(value), language)),
        **dict.fromkeys(RUNGS_LISTED, _rungs_said),
        "ladder": _ladder_said,
        TEXTS: codes_said,
        SIZE: lambda language, value: say_size(language, int(value)),
    }
)


def _said(language: Language, name: str, value: str | None, names: Mapping[str, str]) -> str:
    """One parameter in words; a value that is none of its vocabulary's is shown as it is."""
    if not value:
        return MISSING
    if name in NAMED and value in names:
        return names[value]
    if name in _READ:
        try:
            return _READ[name](language, value)
        except (ValueError, ArithmeticError):
            return value
    members = (member for vocabulary in VOCABULARIES.get(name, ()) for member in vocabulary)
    member = next((member for member in members if str(member.value) == value), None)
    return value if member is None else term(language, member)
