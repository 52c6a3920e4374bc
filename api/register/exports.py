"""The register as plain files: a table of all entries for spreadsheets, JSON for programs."""

import csv
import io
from typing import Final

from api.history.exports import harmless
from api.http.making import kept
from api.register.columns import ENTRIES, Cell, Link
from api.register.views import RegisterView
from api.services.works import Made
from locales.catalogue import text

_BYTE_ORDER_MARK: Final = "\ufeff"  # without it spreadsheets take UTF-8 for the code page of the computer


def file_name(view: RegisterView, ending: str) -> str:
    """Which register it is: the year where one was asked for, and the day it was computed."""
    year = f"-{view.filters.year}" if view.filters.year else ""
    return f"register{year}-{view.computed_at:%Y%m%d}.{ending}"


def as_json(view: RegisterView, public_url: str) -> Made:
    """The whole register for programs, with all its rows."""
    return kept(view.model_dump_json(indent=2).encode(), file_name(view, "json"), "application/json")


def as_csv(view: RegisterView, public_url: str) -> Made:
    """One row per element; headings and words in the reader's language."""
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([text(view.language, f"register.column.{name}") for name in (*ENTRIES, "link")])
    for row in view.rows:
        cells = [_plain(column(row)) for column in ENTRIES.values()]
        writer.writerow([*cells, f"{public_url.rstrip('/')}{row.source.link}"])
    body = (_BYTE_ORDER_MARK + table.getvalue()).encode()
    return kept(body, file_name(view, "csv"), "text/csv; charset=utf-8; header=present")


def _plain(cell: Cell) -> str:
    """A number as it is, so that a negative one is not taken for a formula; a text made harmless."""
    match cell:
        case Link():
            return harmless(cell.said)
        case str():
            return harmless(cell)
        case _:
            return str(cell)
