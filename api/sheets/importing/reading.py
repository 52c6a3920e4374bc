"""An uploaded file as rows: opened, its sheet and columns guessed or as they are asked for, each row read."""

import asyncio
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

from api.problems.problem import ProblemCode, invalid
from api.sheets.importing.feeds import read_feed
from api.sheets.importing.separated import sheet_of_text
from api.sheets.importing.words import headings_of, is_example
from api.sheets.importing.workbooks import sheets_of_workbook
from models.report.importing.columns import (
    AMOUNTS,
    Column,
    ImportKind,
    Layout,
    guessed_layout,
    layout_at,
    likeliest,
)
from models.report.importing.rows import Row, Usual, Words, read_rows
from models.report.importing.table import MOST_COLUMNS, MOST_ROWS, Sheet, plain
from models.report.importing.values import has_two_readings, tells_its_mark
from models.vocabulary.base import Model

_WORKBOOK: Final = ".xlsx"


class DecimalMark(StrEnum):
    """Which mark parts the decimals of numbers that are written as text."""

    COMMA = "comma"
    POINT = "point"


class Asked(Model):
    """What is said of a file; what is not said is guessed. `columns` are by their places from 1.

    Rows are left out by their numbers in the file, and those that are wrong where that is asked.
    """

    sheet: str | None = None
    heading: int | None = None
    columns: dict[int, Column] | None = None
    decimal: DecimalMark | None = None
    usual: Usual = Usual()
    left_out: frozenset[int] = frozenset()
    leave_wrong: bool = False


@dataclass(frozen=True)
class Opened:
    """The tables that a file has, the one that is meant or asked for, and what its columns are.

    `examples` are the rows by which a table to be filled in shows how: they are none of its own.
    """

    kind: ImportKind
    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...]
    sheet: Sheet
    layout: Layout
    decimal: DecimalMark | None
    doubtful: bool  # whether a number in it can be read in two ways
    examples: tuple[int, ...] = ()

    def unused(self) -> dict[int, str]:
        """Columns under the headings that have something and are not entered, by their places from 1."""
        headings, below = self.sheet.headings(self.layout.heading), self.sheet.below(self.layout.heading)
        width = max((len(line.cells) for line in below), default=0)
        return {
            place + 1: " ".join(plain(headings[place]).split()) if place < len(headings) else ""
            for place in range(width)
            if place not in self.layout.places and any(plain(line.at(place)).strip() for line in below)
        }

    def rows(self, usual: Usual, words: Words) -> tuple[Row, ...]:
        """Raises Failed (422) where there are too many, or none, or a column is named twice."""
        lines = self.sheet.below(self.layout.heading)
        if self.sheet.cut or len(lines) > MOST_ROWS:
            raise invalid(ProblemCode.IMPORT_TOO_MANY_ROWS, "/file", limit=str(MOST_ROWS))
        if self.sheet.width > MOST_COLUMNS:
            raise invalid(ProblemCode.IMPORT_TOO_MANY_COLUMNS, "/file", limit=str(MOST_COLUMNS))
        if not lines:
            raise invalid(ProblemCode.IMPORT_EMPTY, "/file")
        if not self.layout.places:
            raise invalid(ProblemCode.IMPORT_NO_COLUMN, "/columns")
        if self.layout.twice():
            raise invalid(ProblemCode.IMPORT_COLUMN_TWICE, "/columns")
        comma = None if self.decimal is None else self.decimal is DecimalMark.COMMA
        return read_rows(self.kind, self.sheet, self.layout, usual, words, comma=comma)


async def opened(kind: ImportKind, content: bytes, filename: str, asked: Asked) -> Opened:
    """Read beside the loop: a large workbook takes seconds. Raises Failed (413, 422)."""
    return await asyncio.to_thread(_opened, kind, content, filename, asked)


def _opened(kind: ImportKind, content: bytes, filename: str, asked: Asked) -> Opened:
    hidden: tuple[str, ...] = ()
    headings = headings_of(kind)
    if kind is ImportKind.FEED:
        feed = read_feed(content)
        sheets: tuple[Sheet, ...] = (feed.sheet,)
        sheet, layout = feed.sheet, feed.layout
    else:
        if PurePosixPath(filename).suffix.lower() == _WORKBOOK:
            sheets, hidden = sheets_of_workbook(content)
        else:
            sheets = (sheet_of_text(content, PurePosixPath(filename).stem, headings),)
        if not sheets:
            raise invalid(ProblemCode.IMPORT_EMPTY, "/file")
        sheet = next((each for each in sheets if each.name == asked.sheet), None) or _meant(
            sheets, asked, kind
        )
        layout = (
            guessed_layout(sheet, headings)
            if asked.heading is None
            else layout_at(sheet, asked.heading, headings)
        )
    if asked.columns is not None:
        places = {place - 1: column for place, column in asked.columns.items()}
        layout = layout.model_copy(update={"places": places})
    examples = tuple(line.number for line in sheet.below(layout.heading) if is_example(line, layout))
    own = tuple(line for line in sheet.lines if line.number not in examples)
    sheet = replace(sheet, lines=own)
    amounts = _amounts(sheet, layout)
    return Opened(
        kind=kind,
        sheets=sheets,
        hidden=hidden,
        sheet=sheet,
        layout=layout,
        decimal=asked.decimal or _mark_in(amounts),
        doubtful=any(map(has_two_readings, amounts)),
        examples=examples,
    )


def _meant(sheets: tuple[Sheet, ...], asked: Asked, kind: ImportKind) -> Sheet:
    if asked.sheet:
        raise invalid(ProblemCode.IMPORT_SHEET_UNKNOWN, "/sheet", sheet=asked.sheet)
    return sheets[likeliest(sheets, headings_of(kind))]


def _amounts(sheet: Sheet, layout: Layout) -> tuple[str, ...]:
    """The numbers that are written as text, in the columns of numbers."""
    places = [place for place, column in layout.places.items() if column in AMOUNTS]
    cells = (line.at(place) for line in sheet.below(layout.heading) for place in places)
    return tuple(cell for cell in cells if isinstance(cell, str))


def _mark_in(amounts: tuple[str, ...]) -> DecimalMark | None:
    """The mark that some of the numbers show beyond doubt, if they all show the same."""
    marks = {tells_its_mark(each) for each in amounts} - {None}
    if len(marks) != 1:
        return None
    return DecimalMark.COMMA if marks == {True} else DecimalMark.POINT
