"""Quotation marks inside quotation marks: the inner ones are of another form."""

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
_PLACEHOLDER: Final = re.compile(r"\{(\w+)")


@lru_cache(maxsize=4096)
def quoted_in(template: str) -> frozenset[str]:
    """The placeholders that a sentence puts into quotation marks."""
    return frozenset(name for span in _QUOTED.findall(template) for name in _PLACEHOLDER.findall(span))


def to_be_quoted(language: Language, text: str) -> str:
    """A text that a sentence of this language puts into quotation marks."""
    return text.translate(_INNER[language])
