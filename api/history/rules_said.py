"""The paragraphs of the Rules in words: the annex by its name, a reading of the product as what it is.

`A4` is no paragraph: it is how the product reads rule 18 where the text is silent (docs/readings.md).
"""

from typing import Final

from locales.catalogue import plural, text
from models.vocabulary.procedure import Language

ANNEX: Final = "annex"


def rule_said(language: Language, rule: str) -> str:
    """One of them by itself: «15», «приложение», «толкование A4»."""
    if is_reading(rule):
        return text(language, "history.rule.reading", reading=rule)
    return text(language, "history.rule.annex") if rule == ANNEX else rule


def rules_said(language: Language, rules: tuple[str, ...]) -> str:
    """All of a line: «пункт Правил: 15; приложение к Правилам; толкование A4». Empty for none."""
    numbered = [rule for rule in rules if rule != ANNEX and not is_reading(rule)]
    readings = [rule for rule in rules if is_reading(rule)]
    said = []
    if numbered:
        said.append(plural(language, "page.history.rules", len(numbered), rules=", ".join(numbered)))
    if ANNEX in rules:
        said.append(text(language, "history.rule.annex_to_the_rules"))
    if readings:
        said.append(plural(language, "history.rule.readings", len(readings), readings=", ".join(readings)))
    return "; ".join(said)


def is_reading(rule: str) -> bool:
    return rule.startswith("A") and rule[1:].isdecimal()
