"""The register as a workbook: a sheet per table, headings that stay in sight, each row with its report."""

import io
from decimal import Decimal
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from api.http.making import kept
from api.register.columns import Cell, Link, Table, tables_of
from api.register.exports import file_name
from api.register.views import RegisterView
from api.services.works import Made
from locales.catalogue import text
from models.vocabulary.procedure import Language

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST: Final = 32_767  # letters that a cell holds
_WIDE: Final = frozenset({"text", "because", "reports", "title"})
_NARROW: Final = frozenset(
    {"year", "version", "count", "total", "findings", "proposals", "recommendations", "indicators", "repeat"}
)


def as_workbook(view: RegisterView, public_url: str) -> Made:
    """All tables of the register; nothing in them is computed by the spreadsheet."""
    return kept(workbook(view, public_url), file_name(view, "xlsx"), MEDIA_TYPE)


def workbook(view: RegisterView, public_url: str) -> bytes:
    """The bytes of the file."""
    body = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(body, options) as book:
        title = text(view.language, "register.title")
        book.set_properties({"title": title, "created": view.computed_at.replace(tzinfo=None)})
        writer = _Writer(book, view.language, public_url.rstrip("/"))
        for table in tables_of(view):
            writer.add(table)
    return body.getvalue()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, language: Language, public_url: str) -> None:
        self._book = book
        self._language = language
        self._public_url = public_url
        self._head: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        # Marked as text: a spreadsheet shows «=1+1» of a person as it is, also after it was edited or saved.
        self._text: Format = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self._number: Format = book.add_format({"valign": "top"})
        self._link: Format = book.add_format({"font_color": "#00599C", "underline": 1, "valign": "top"})

    def add(self, table: Table) -> None:
        """One sheet."""
        sheet = self._book.add_worksheet(text(self._language, f"register.sheet.{table.name}"))
        for column, name in enumerate(table.columns):
            sheet.write_string(0, column, text(self._language, f"register.column.{name}"), self._head)
            sheet.set_column(column, column, _width(name))
        for position, cells in enumerate(table.lines, 1):
            for column, cell in enumerate(cells):
                self._write(sheet, position, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(table.lines), 1), len(table.columns) - 1)
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
            case Decimal() if not _exact(cell):
                sheet.write_string(row, column, str(cell), self._text)
            case _:
                sheet.write_number(row, column, float(cell), self._number)


def _exact(value: Decimal) -> bool:
    """A spreadsheet keeps fifteen digits: a longer number is written as text rather than changed."""
    return len(value.normalize().as_tuple().digits) <= 15


def _fitting(said: str) -> str:
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _width(name: str) -> int:
    if name in _WIDE:
        return 60
    return 12 if name in _NARROW else 24
