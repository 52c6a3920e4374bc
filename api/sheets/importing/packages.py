"""What is in a workbook, before a library opens it: it is looked through within bounds, part by part.

How much it unfolds to is counted while it unfolds, for no header of a ZIP need be true. No part may declare a
document type (ISO/IEC 29500-2 has none), so none can define entities.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Final
from xml.parsers import expat

from openpyxl.utils.cell import column_index_from_string

from api.problems.problem import Failed
from api.sheets.importing.limits import unfolds_too_far, unreadable

_UNFOLDED: Final = 40_000_000  # bytes of all parts of XML together
_PARTS: Final = 2_000
_CELLS: Final = 300_000
_DEPTH: Final = 64
_LAST_ROW: Final = 1_048_576
_CHUNK: Final = 64 * 1024
_SHEETS: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass
class Extent:
    """How far a sheet really goes, by row and column from 1; its cells that are merged downwards (the first
    one → the last row), and the formulas that nobody has worked out yet."""

    last_row: int = 0
    last_column: int = 0
    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    unworked: set[tuple[int, int]] = field(default_factory=set)


def looked_through(content: bytes) -> Mapping[str, Extent]:
    """Every sheet by the name of its part. Raises Failed: 413 too large, 422 unreadable."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _looked(package)
    except Failed:
        raise
    except Exception:  # a broken ZIP, a part that is no XML, a way of packing that nobody knows
        raise unreadable() from None


def _looked(package: zipfile.ZipFile) -> Mapping[str, Extent]:
    found: dict[str, Extent] = {}
    parts = package.infolist()
    if len(parts) > _PARTS:
        raise unfolds_too_far()
    room = _Room()
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        sheet = Extent() if _SHEETS.fullmatch(part.filename) else None
        looker = _Looker(room) if sheet is None else _SheetLooker(room, sheet)
        with package.open(part) as stream:
            looker.look(stream)
        if sheet is not None:
            found[part.filename] = sheet
    return found


@dataclass
class _Room:
    """What is left of the bounds, for all parts together."""

    unfolded: int = _UNFOLDED
    cells: int = _CELLS


class _Looker:
    """Reads one part and makes nothing of it."""

    def __init__(self, room: _Room) -> None:
        self._room = room
        self._depth = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._declared
        self._parser.StartElementHandler = self._begins
        self._parser.EndElementHandler = self._ends

    def look(self, stream: IO[bytes]) -> None:
        """Raises Failed; expat's errors where it is no XML."""
        while chunk := stream.read(_CHUNK):
            self._room.unfolded -= len(chunk)
            if self._room.unfolded < 0:
                raise unfolds_too_far()
            self._parser.Parse(chunk, False)
        self._parser.Parse(b"", True)

    def _declared(self, *_: object) -> None:
        raise unreadable()

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            raise unreadable()
        self.begins(name.rpartition(" ")[2], attributes)

    def _ends(self, name: str) -> None:
        self._depth -= 1
        self.ends(name.rpartition(" ")[2])

    def begins(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def ends(self, name: str) -> None:
        """An element ends."""


class _SheetLooker(_Looker):
    """Notes where a sheet has something. Rows and cells need not say their place: they follow each other."""

    def __init__(self, room: _Room, sheet: Extent) -> None:
        super().__init__(room)
        self._sheet = sheet
        self._row = self._column = 0
        self._formula = self._worth = False

    def begins(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "row":
                said = attributes.get("r", str(self._row + 1))
                if not said.isdecimal() or not 1 <= int(said[:9]) <= _LAST_ROW:
                    raise unreadable()
                self._row, self._column = int(said), 0
            case "c":
                self._cell(attributes.get("r"))
            case "f":
                self._formula = True
            case "v" | "t":
                self._worth = True
            case "mergeCell":
                self._merged(attributes.get("ref", ""))

    def ends(self, name: str) -> None:
        if name != "c" or not (self._worth or self._formula):
            return
        sheet = self._sheet
        sheet.last_row = max(sheet.last_row, self._row)
        sheet.last_column = max(sheet.last_column, self._column)
        if not self._worth:
            sheet.unworked.add((self._row, self._column))

    def _cell(self, place: str | None) -> None:
        self._room.cells -= 1
        if self._room.cells < 0:
            raise unfolds_too_far()
        row, column = _place(place) if place else (self._row, self._column + 1)
        if row != self._row:
            raise unreadable()
        self._column, self._formula, self._worth = column, False, False

    def _merged(self, cells: str) -> None:
        first, _, last = cells.partition(":")
        if last:
            top, left = _place(first)
            bottom, _ = _place(last)
            if bottom > top:
                self._sheet.merged[top, left] = bottom


def _place(said: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(said)
    if found is None or int(found[2]) > _LAST_ROW:
        raise unreadable()
    return int(found[2]), column_index_from_string(found[1])
