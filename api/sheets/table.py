"""A table for spreadsheets: headings and lines, cells as text, exact numbers, local dates or links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.vocabulary.base import Model

Number = int | Decimal


class Link(Model):
    """A text that leads to a page of this site."""

    path: str
    said: str


Cell = str | Number | Link | date


@dataclass(frozen=True)
class Table:
    """In words of one language: its name (of a sheet), its headings, its lines, which are read once."""

    name: str
    headings: tuple[str, ...]
    lines: Iterable[tuple[Cell, ...]]
    wide: frozenset[int] = frozenset()  # columns of long texts
    narrow: frozenset[int] = frozenset()  # columns of figures
