"""Figures by row and column, as they are printed and as a document keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rich.console import Console
from rich.table import Table

OUT: Final = Console()
NOTHING: Final = "–"

Figure = float | None


@dataclass(frozen=True)
class Promise:
    """What the product promises, said with the figure that was measured."""

    kept: bool
    sentence: str


@dataclass(frozen=True)
class Sheet:
    """One table: a row a thing measured, a column a side."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Figure, ...]], ...]
    note: str = ""


@dataclass(frozen=True)
class Measured:
    """What a part of a run came to."""

    sheets: Sequence[Sheet]
    promises: Sequence[Promise] = ()


@dataclass
class Rows:
    """Puts a sheet together, a row at a time; a side that has no such figure is left out."""

    columns: Sequence[str]
    rows: list[tuple[str, tuple[Figure, ...]]] = field(default_factory=list)

    def add(self, what: str, figures: Mapping[str, Figure]) -> None:
        """One row, figures by column."""
        self.rows.append((what, tuple(figures.get(column) for column in self.columns)))

    def ratio(self, what: str, figures: Mapping[str, float], to: str) -> None:
        """Each column's figure by that of another one, if that was measured."""
        if basis := figures.get(to):
            self.add(what, {column: figure / basis for column, figure in figures.items()})

    def sheet(self, title: str, note: str = "") -> Sheet:
        """The finished table."""
        return Sheet(title, tuple(self.columns), tuple(self.rows), note)


def written(figure: Figure) -> str:
    """Three digits that count, whole numbers from a hundred on."""
    if figure is None:
        return NOTHING
    if figure == 0 or abs(figure) >= 100:
        return f"{figure:,.0f}"
    digits = 3 if abs(figure) < 1 else 2 if abs(figure) < 10 else 1
    return f"{figure:.{digits}f}"


def show(sheet: Sheet) -> None:
    """On the screen."""
    table = Table("", *sheet.columns, title=sheet.title, title_justify="left", caption_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for what, figures in sheet.rows:
        table.add_row(what, *map(written, figures))
    OUT.print(table)
    if sheet.note:
        OUT.print(sheet.note, style="dim")


def markdown(sheet: Sheet) -> str:
    """As a table of a document."""
    head = f"| | {' | '.join(sheet.columns)} |\n|---|{'---:|' * len(sheet.columns)}"
    lines = [f"| {what} | {' | '.join(map(written, figures))} |" for what, figures in sheet.rows]
    note = f"\n\n{sheet.note}" if sheet.note else ""
    return "\n".join([head, *lines]) + note
