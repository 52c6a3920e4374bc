"""Rows of a form: a few at first, a few more each time they are asked for; the form's fields count them."""

from collections.abc import Collection
from typing import Final

from api.pages.forms.typed import Typed

_AT_ONCE: Final = 3
_MOST: Final = 60
_ADD: Final = "add-"


def count(typed: Typed, rows: str, at_first: int = _AT_ONCE) -> int:
    """How many rows of a kind the form shows."""
    number = typed.one(rows)
    plain = number.isascii() and number.isdecimal() and len(number) <= len(str(_MOST))
    return min(max(int(number), at_first), _MOST) if plain else at_first


def with_more(typed: Typed, kinds: Collection[str], at_first: int = _AT_ONCE) -> Typed:
    """With more of the rows whose button was pressed."""
    asked = typed.one("action").removeprefix(_ADD)
    if typed.one("action") != f"{_ADD}{asked}" or asked not in kinds:
        return typed
    return typed.with_values(asked, (str(min(count(typed, asked, at_first) + _AT_ONCE, _MOST)),))
