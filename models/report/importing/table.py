"""A table as it came in a file: sheets of lines of cells, whichever program wrote it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

MOST_ROWS: Final = 1_000
"""Rows of one import, headings and notes left out."""
MOST_COLUMNS: Final = 60
_NOTE: Final = "#"


@dataclass(frozen=True)
class Unread:
    """A cell of which nothing can be taken; `key` names why, as a fault's does."""

    key: str


Cell = str | Decimal | date | Unread
"""A text, an exact number, a local date. An empty cell is an empty text."""


@dataclass(frozen=True)
class Line:
    """One line that is not empty. `number` is its own in the file, from 1, as spreadsheets number it."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, place: int) -> Cell:
        return self.cells[place] if place < len(self.cells) else ""

    def is_note(self) -> bool:
        """A line that says something to whoever fills the table in: one cell that begins with `#`."""
        said = [cell for cell in self.cells if cell != ""]
        return len(said) == 1 and str(said[0]).startswith(_NOTE)


@dataclass(frozen=True)
class Sheet:
    """One table. `cut` says that it goes on behind its last line, `width` how many columns have something.

    `since_1904` is how its program counts days that stand there as plain numbers.
    """

    name: str
    lines: tuple[Line, ...]
    width: int = 0
    cut: bool = False
    since_1904: bool = False

    def below(self, heading: int) -> tuple[Line, ...]:
        """The rows under the line of headings, notes left out."""
        return tuple(line for line in self.lines if line.number > heading and not line.is_note())

    def headings(self, heading: int) -> tuple[Cell, ...]:
        """The cells of the line of headings; nothing where there is none."""
        return next((line.cells for line in self.lines if line.number == heading), ())


def plain(cell: Cell) -> str:
    """A cell as text: a whole number without decimals, a date as 2026-11-23."""
    match cell:
        case str():
            return cell
        case Unread():
            return ""
        case Decimal():
            return f"{cell:f}"
    return cell.isoformat()
