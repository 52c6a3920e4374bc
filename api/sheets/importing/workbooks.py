"""XLSX (ISO/IEC 29500) as sheets of cells, read and never computed: what a formula was last worth counts.

A number is taken as the sheet shows it: 12.5 for `12.5%`, to the decimals of its format.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from api.sheets.importing.limits import MOST_LINES, unreadable
from api.sheets.importing.packages import Extent, looked_through
from models.report.importing.table import MOST_COLUMNS, Cell, Line, Sheet, Unread

_LITERAL: Final = re.compile(
    r'"[^"]*"|\\.|\[[^\]]*\]|_.'
)  # of a format: what it says itself, no figure's place
_SHOWN: Final = re.compile(r"[0#](?:\.([0#?]+))?[^0#.]*$")
_PLACES: Final = 8  # decimals that are kept of a number whose format shows none in particular
_MOST_SHEETS: Final = 50
_SEEN: Final = "visible"


def sheets_of_workbook(content: bytes) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The sheets that are seen, and the names of those that are hidden. Raises Failed (413, 422)."""
    extents = looked_through(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            return _read(book, extents)
        finally:
            book.close()
    except Exception:  # the library raises whatever its parts raise: such a file is told, and nothing else
        raise unreadable() from None


def _read(book: Any, extents: Mapping[str, Extent]) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    since_1904 = book.epoch == CALENDAR_MAC_1904
    tables = [each for each in book.worksheets if each._worksheet_path in extents][:_MOST_SHEETS]
    seen = [each for each in tables if each.sheet_state == _SEEN]
    hidden = tuple(str(each.title) for each in tables if each.sheet_state != _SEEN)
    return tuple(_sheet(each, extents[each._worksheet_path], since_1904) for each in seen), hidden


def _sheet(table: Any, looked: Extent, since_1904: bool) -> Sheet:
    table.reset_dimensions()
    lines: list[Line] = []
    cut = False
    for line in _lines(table, looked):
        if len(lines) == MOST_LINES:
            cut = True
            break
        lines.append(line)
    return Sheet(
        name=str(table.title),
        lines=tuple(lines),
        width=looked.last_column,
        cut=cut,
        since_1904=since_1904,
    )


def _lines(table: Any, looked: Extent) -> Iterator[Line]:
    if not looked.last_row:
        return
    above: dict[int, tuple[int, Cell]] = {}  # by column: until which row a merged cell goes, and what it says
    rows = table.iter_rows(max_row=looked.last_row, max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, 1):
        cells = [
            Unread("import_formula") if (number, place) in looked.unworked else _cell(cell)
            for place, cell in enumerate(row, 1)
        ]
        if all(cell == "" for cell in cells):
            continue
        for place, cell in enumerate(cells, 1):
            if cell == "" and place in above and number <= above[place][0]:
                cells[place - 1] = above[place][1]
            elif (number, place) in looked.merged:
                above[place] = (looked.merged[number, place], cell)
        while cells and cells[-1] == "":
            cells.pop()
        yield Line(number=number, cells=tuple(cells))


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return Unread("import_cell_error")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, str(cell.number_format or ""))
    return str(value).replace("\r\n", "\n").strip()


def _number(value: float, shown_as: str) -> Cell:
    """A number with the fifteen digits a spreadsheet keeps, to the decimals that are shown."""
    exact = Decimal(format(value, ".15g")) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        return Unread("import_cell_error")
    plain = _LITERAL.sub("", shown_as.partition(";")[0])
    shown = _SHOWN.search(plain)
    places = _PLACES
    if shown is not None and "E" not in plain and "/" not in plain:
        places = len(shown[1] or "")
        if "%" in plain:
            exact *= 100
    if -int(exact.as_tuple().exponent) > places:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return exact
