"""Tables as a workbook (XLSX): a sheet each, headings that stay in sight; nothing in it is computed."""

import io
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from api.sheets.table import Cell, Link, Table
from models.vocabulary.texts import writable

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST: Final = 32_767  # letters that a cell holds
_WIDTHS: Final = {"wide": 60, "narrow": 12, "": 24}


def as_workbook(tables: Iterable[Table], title: str, made_at: datetime, public_url: str) -> bytes:
    """The bytes of the file; links lead to pages under `public_url`."""
    body = io.BytesIO()
    write_workbook(tables, title, made_at, public_url, body)
    return body.getvalue()


def write_workbook(
    tables: Iterable[Table], title: str, made_at: datetime, public_url: str, file: IO[bytes]
) -> None:
    """The file, row by row: however long its tables are, none of them is whole in memory."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
        writer = _Writer(book, public_url.rstrip("/"))
        for table in tables:
            writer.add(table)


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, public_url: str) -> None:
        self._book = book
        self._public_url = public_url
        self._head: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        # Marked as text: a spreadsheet shows «=1+1» of a person as it is, also after it was edited or saved.
        self._text: Format = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        # As the country writes it; the cell is a date, which is sorted and counted with.
        self._date: Format = book.add_format({"valign": "top", "num_format": "dd.mm.yyyy"})
        self._number: Format = book.add_format({"valign": "top"})
        self._link: Format = book.add_format({"font_color": "#00599C", "underline": 1, "valign": "top"})

    def add(self, table: Table) -> None:
        """One sheet."""
        sheet = self._book.add_worksheet(table.name)
        for column, heading in enumerate(table.headings):
            sheet.write_string(0, column, heading, self._head)
            sheet.set_column(column, column, _width(table, column))
        last = 1
        for last, cells in enumerate(table.lines, 1):
            for column, cell in enumerate(cells):
                self._write(sheet, last, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(table.headings) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _write(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        match cell:
            case "":
                pass
            case Link():
                sheet.write_url(row, column, f"{self._public_url}{cell.path}", self._link, cell.said)
            case str():
                sheet.write_string(row, column, _fitting(cell), self._text)
            case date():
                sheet.write_datetime(row, column, cell, self._date)
            case Decimal() if not _exact(cell):
                sheet.write_string(row, column, str(cell), self._text)
            case _:
                sheet.write_number(row, column, float(cell), self._number)


def _exact(value: Decimal) -> bool:
    """A spreadsheet keeps fifteen digits: a longer number is written as text rather than changed."""
    return len(value.normalize().as_tuple().digits) <= 15


def _fitting(text: str) -> str:
    said = writable(text)
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _width(table: Table, column: int) -> int:
    kind = "wide" if column in table.wide else "narrow" if column in table.narrow else ""
    return _WIDTHS[kind]
