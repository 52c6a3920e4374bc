"""Marks inside marks: inner quotation marks are of another form, and brackets have none inside."""

import re
from functools import lru_cache
from typing import Final

from models.vocabulary.procedure import Language

_INNER: Final = {
    Language.KK: str.maketrans("«»", "„“"),
    Language.RU: str.maketrans("«»", "„“"),
    Language.EN: str.maketrans("“”", "‘’"),
}


_QUOTED: Final = re.compile(r"«[^«»]*»|“[^“”]*”")
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_WEEKDAY: Final = re.compile(r" г\. \((\w+)\)$")
_PLACEHOLDER: Final = re.compile(r"\{(\w+)")


@lru_cache(maxsize=4096)
def quoted_in(template: str) -> frozenset[str]:
    """The placeholders that a sentence puts into quotation marks."""
    return _named_within(_QUOTED, template)


@lru_cache(maxsize=4096)
def bracketed_in(template: str) -> frozenset[str]:
    """The placeholders that a sentence puts into brackets."""
    return _named_within(_BRACKETED, template)


def to_be_bracketed(text: str) -> str:
    """A Russian date with its weekday behind a comma: «(последний день – 30 мая 2027 г., воскресенье)»."""
    return _WEEKDAY.sub(r" г., \1", text)


def _named_within(marks: re.Pattern[str], template: str) -> frozenset[str]:
    return frozenset(name for span in marks.findall(template) for name in _PLACEHOLDER.findall(span))


def to_be_quoted(language: Language, text: str) -> str:
    """A text that a sentence of this language puts into quotation marks."""
    return text.translate(_INNER[language])


def noted_after(
    template: str, name: str, said: str, notes: tuple[tuple[str, str], ...]
) -> tuple[str, str, str]:
    """A name whose note («today: …») is no part of it: quoted by itself, the note after the closing mark.

    `notes` are how such a note begins and ends. Returns the sentence, what to fill it with under `name`, and
    what to fill it with under `<name>_note`.
    """
    closed = next((mark for mark in "»”" if "{" + name + "}" + mark in template), "")
    at = next((at for begins, ends in notes if (at := _begins(said, begins, ends)) > 0), 0)
    if not closed or not at:
        return template, said, ""
    quoted = "{" + name + "}" + closed
    return template.replace(quoted, quoted + "{" + name + "_note}"), said[:at], said[at:]


def _begins(said: str, begins: str, ends: str) -> int:
    """Where a note begins behind a name; 0 or less where there is none."""
    at = said.find(begins)
    return at if said.endswith(ends) and (ends or said.endswith(begins)) else 0
