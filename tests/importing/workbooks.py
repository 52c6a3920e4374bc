"""Workbooks as people and programs make them, and as nobody should."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "xl/worksheets/sheet1.xml"


def saved(fill: Callable[[Worksheet], object]) -> bytes:
    """A workbook of one sheet, filled."""
    book = Workbook()
    fill(book.active)
    return written(book)


def written(book: Workbook) -> bytes:
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same package with other parts in their places."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return kept.getvalue()


def with_rows(rows: str, after: str = "") -> bytes:
    """A workbook whose sheet has these rows of XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return with_parts(saved(lambda sheet: sheet.append(["x"])), {SHEET: sheet.encode()})
