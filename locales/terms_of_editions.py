"""The terms of an edition of the Rules in words: what each is called, and how it is set."""

from enum import Enum

from locales.catalogue import plural, text
from locales.terms import term
from models.vocabulary.edition_terms import BETWEEN, LADDERS, SWITCHES
from models.vocabulary.ladders import RungName
from models.vocabulary.procedure import Language


def reading_said(language: Language, value: object) -> str:
    """How a reading is settled: yes or no, so many months, or a word of the vocabulary."""
    match value:
        case bool():
            return text(language, "rules.value.yes" if value else "rules.value.no")
        case int():
            return plural(language, "rules.value.months", value)
        case Enum():
            return term(language, value)
    raise TypeError(f"a switch of another kind: {type(value).__name__}")


def term_named(language: Language, name: str) -> str:
    """What a term is called, by its name in `models.vocabulary.edition_terms`."""
    group, _, rest = name.partition(BETWEEN)
    if group == SWITCHES:
        return text(language, f"rules.switch.{rest}")
    if group == LADDERS:
        ladder, _, rung = rest.partition(BETWEEN)
        awaited = text(language, f"page.registries.edition.ladder.{ladder}")
        return f"{awaited}: {term(language, RungName(rung))}"
    return text(language, f"page.registries.edition.{rest.replace(BETWEEN, '.')}")


def term_said(language: Language, name: str, value: object) -> str:
    """How it is set: days say which days they are."""
    group, _, rest = name.partition(BETWEEN)
    if group == SWITCHES or isinstance(value, bool):
        return reading_said(language, value)
    if value is None:
        return text(language, "page.registries.edition.none")
    assert isinstance(value, int), name
    if group == LADDERS:
        return _rung_said(language, value)
    if rest.endswith("months"):
        return plural(language, "rules.value.months", value)
    days = "calendar_days" if rest in {"asked_ahead_days", "planned_ahead_days"} else "working_days"
    return plural(language, f"page.registries.edition.{days}", value)


def _rung_said(language: Language, day: int) -> str:
    if day == 0:
        return text(language, "page.registries.edition.on_the_day")
    when = "before" if day < 0 else "after"
    return plural(language, f"page.registries.edition.{when}", abs(day))
