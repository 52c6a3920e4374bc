"""The rows of a paper report's form."""

from typing import Final

from api.pages.desk.rows import count, with_more
from api.pages.forms.typed import Typed
from models.vocabulary.base import Model

ROWS: Final = ("objects", "findings", "indicators", "items")


class Rows(Model):
    """How many rows of each kind the form shows."""

    objects: int
    findings: int
    indicators: int
    items: int


def counted(typed: Typed) -> Rows:
    """As the form's own fields count them."""
    return Rows(**{name: count(typed, name) for name in ROWS})


def with_more_rows(typed: Typed) -> Typed:
    """With more of the rows whose button was pressed."""
    return with_more(typed, ROWS)
