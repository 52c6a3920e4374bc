"""Brackets inside brackets: what stands in them has none of its own."""

import re
from functools import lru_cache
from typing import Final

_BRACKETED: Final = re.compile(r"\([^()]*\)")
_PLACEHOLDER: Final = re.compile(r"\{(\w+)")
_WEEKDAY: Final = re.compile(r" г\. \((\w+)\)$")


@lru_cache(maxsize=4096)
def bracketed_in(template: str) -> frozenset[str]:
    """The placeholders that a sentence puts into brackets."""
    return frozenset(name for span in _BRACKETED.findall(template) for name in _PLACEHOLDER.findall(span))


def to_be_bracketed(text: str) -> str:
    """A Russian date with its weekday behind a comma: «(последний день – 30 мая 2027 г., воскресенье)»."""
    return _WEEKDAY.sub(r" г., \1", text)
