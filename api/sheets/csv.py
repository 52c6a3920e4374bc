"""A table as CSV, as the spreadsheets of its reader write it (RFC 4180 but for the separator).

In Kazakh and Russian the comma is the decimal mark, so a semicolon parts the cells; in English a comma does.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import IO, Final, cast

from api.sheets.table import Cell, Link, Table
from models.vocabulary.procedure import Language
from models.words.cells import guarded

MEDIA_TYPE: Final = "text/csv; charset=utf-8; header=present"
BYTE_ORDER_MARK: Final = "\ufeff"  # without it spreadsheets take UTF-8 for the code page of the computer
DESCRIBED: Final = (
    "UTF-8 with a byte order mark; parted by `;` with a decimal comma in kk and ru, by `,` with a decimal "
    "point in en; cells that compute nothing."
)
_COMMA_DECIMAL: Final = frozenset({Language.KK, Language.RU})


def separator(language: Language) -> str:
    """What parts the cells for readers of a language."""
    return ";" if language in _COMMA_DECIMAL else ","


def as_csv(table: Table, language: Language) -> bytes:
    """The bytes of the file."""
    written = io.BytesIO()
    write_csv(table, language, written)
    return written.getvalue()


def write_csv(table: Table, language: Language, file: IO[bytes]) -> None:
    """The file, line by line: however long the table is, it is never whole in memory."""
    written = io.TextIOWrapper(cast(io.BytesIO, file), "utf-8", newline="", write_through=True)
    written.write(BYTE_ORDER_MARK)
    writer = csv.writer(written, delimiter=separator(language), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(table.headings)
    writer.writerows(_plain(line, language) for line in table.lines)
    written.detach()  # the file stays open


def _plain(line: Iterable[Cell], language: Language) -> list[str]:
    return [_cell(cell, language) for cell in line]


def _cell(cell: Cell, language: Language) -> str:
    """A number as it is, so that a negative one is not taken for a formula; a text guarded."""
    match cell:
        case Link():
            return guarded(cell.said)
        case str():
            return guarded(cell)
        case date():
            return cell.isoformat()  # every spreadsheet takes it for a date
        case Decimal() if language in _COMMA_DECIMAL:
            return f"{cell:f}".replace(".", ",")
        case _:
            return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
