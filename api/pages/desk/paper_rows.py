"""The rows of a paper report's form: a few at first, a few more each time they are asked for."""

from typing import Final

from api.pages.forms.typed import Typed
from models.vocabulary.base import Model

_AT_ONCE: Final = 3
_MOST: Final = 60
_ADD: Final = "add-"
ROWS: Final = ("objects", "findings", "indicators", "items")


class Rows(Model):
    """How many rows of each kind the form shows."""

    objects: int
    findings: int
    indicators: int
    items: int


def counted(typed: Typed) -> Rows:
    """As the form's own fields count them."""
    return Rows(**{name: _count(typed, name) for name in ROWS})


def with_more_rows(typed: Typed) -> Typed:
    """With more of the rows whose button was pressed."""
    asked = typed.one("action").removeprefix(_ADD)
    if typed.one("action") != f"{_ADD}{asked}" or asked not in ROWS:
        return typed
    return typed.with_values(asked, (str(min(_count(typed, asked) + _AT_ONCE, _MOST)),))


def _count(typed: Typed, name: str) -> int:
    number = typed.one(name)
    plain = number.isascii() and number.isdecimal() and len(number) <= len(str(_MOST))
    return min(max(int(number), _AT_ONCE), _MOST) if plain else _AT_ONCE
