"""The cells of one row as values: texts, days, numbers, words of a vocabulary. What is wrong is collected."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from models.calendar.day import EARLIEST_DAY, LATEST_DAY
from models.report.content import Measure
from models.report.importing.columns import Column, as_heading
from models.report.importing.table import Line, Unread, plain
from models.vocabulary.base import Model
from models.vocabulary.texts import clean, kept, says_something
from models.words.amounts import readings

V = TypeVar("V")
LINE: Final = 500
TEXT: Final = 20_000
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9:.+Z-]*)?")
_LOCAL: Final = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})(?: [0-9:]*)?")
_SERIAL: Final = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
_MEASURE: Final[TypeAdapter[Decimal]] = TypeAdapter(Measure)


class CellFault(Model):
    """What is wrong with one cell of a row: `field.<key>` of the catalogues, filled with `params`."""

    column: Column
    key: str
    params: dict[str, str] = {}
    rule: str = ""  # the paragraph it rests on, where a rule refuses what the row says


class Values:
    """One row. `comma` says whether its numbers have a decimal comma, where that is known."""

    def __init__(
        self, line: Line, places: Mapping[Column, int], *, since_1904: bool = False, comma: bool | None = None
    ) -> None:
        self._line, self._places = line, places
        self._since_1904, self._comma = since_1904, comma
        self.faults: list[CellFault] = []
        self.doubts: list[CellFault] = []

    def fault(self, column: Column, key: str, **params: str) -> None:
        found = CellFault(column=column, key=key, params=params)
        if found not in self.faults:  # a cell may be read twice
            self.faults.append(found)

    def doubt(self, column: Column, key: str, **params: str) -> None:
        """What may be meant and may be a mistake: it is told, and keeps nothing out."""
        self.doubts.append(CellFault(column=column, key=key, params=params))

    def given(self, column: Column) -> bool:
        """Whether something stands there, read or not."""
        place = self._places.get(column)
        cell = "" if place is None else self._line.at(place)
        return isinstance(cell, Unread) or bool(plain(cell).strip())

    def text(self, column: Column, limit: int = TEXT, *, stated: bool = True) -> str:
        """A text of several lines, as it may be kept; empty where nothing or nothing good stands there.

        What is `stated` has a letter or a figure.
        """
        said = self._raw(column).replace("\r\n", "\n").replace("\r", "\n").strip()
        if not kept(said):
            self.fault(column, "text_controls")
            return ""
        said = clean(said)
        if len(said) > limit:
            self.fault(column, "string_too_long", max_length=str(limit))
            return ""
        if said and stated and not says_something(said):
            self.fault(column, "text_says_nothing")
            return ""
        return said

    def line(self, column: Column, *, stated: bool = True) -> str:
        """A text of one line: line ends in a cell are spaces."""
        said = " ".join(self.text(column, stated=stated).split())
        if len(said) > LINE:
            self.fault(column, "string_too_long", max_length=str(LINE))
            return ""
        return said

    def day(self, column: Column) -> date | None:
        """A date of the program's own, 2026-11-23, 23.11.2026, or the number by which programs count days."""
        cell = self._line.at(self._places[column]) if column in self._places else ""
        if isinstance(cell, date):
            day: date | None = cell
        else:
            said = self._raw(column).strip()
            if not said:
                return None
            day = _day(said, self._since_1904)
        if day is None:
            self.fault(column, "import_date")
        elif not EARLIEST_DAY <= day <= LATEST_DAY:
            bounds = {"earliest": EARLIEST_DAY.isoformat(), "latest": LATEST_DAY.isoformat()}
            self.fault(column, "date_bounds", **bounds)
            return None
        return day

    def amount(self, column: Column) -> Decimal | None:
        """A number. One that can be read in two ways is a fault until it is said which mark is meant."""
        cell = self._line.at(self._places[column]) if column in self._places else ""
        if isinstance(cell, Decimal):
            can_be: tuple[Decimal, ...] = (cell,)
        else:
            said = self._raw(column).strip().removesuffix("%").rstrip()
            if not said:
                return None
            can_be = readings(said)
            if len(can_be) > 1:
                if self._comma is None:
                    self.fault(column, "import_amount_ambiguous")
                    return None
                can_be = can_be[1:] if ("," in said) is self._comma else can_be[:1]
        try:
            if can_be:
                return _MEASURE.validate_python(can_be[0])
        except ValidationError:
            pass  # more digits than are kept
        self.fault(column, "import_amount")
        return None

    def word(self, column: Column, known: Mapping[str, V]) -> V | None:
        """A word of a vocabulary, by any of its names."""
        said = self._raw(column).strip()
        found = known.get(as_heading(said)) if said else None
        if said and found is None:
            self.fault(column, "import_word")
        return found

    def _raw(self, column: Column) -> str:
        if column not in self._places:
            return ""
        cell = self._line.at(self._places[column])
        if isinstance(cell, Unread):
            self.fault(column, cell.key)
            return ""
        return plain(cell)


def has_two_readings(written: str) -> bool:
    """Whether a number's mark can be a decimal one or part thousands."""
    return len(readings(written.strip().removesuffix("%").rstrip())) > 1


def tells_its_mark(written: str) -> bool | None:
    """Whether a number has a decimal comma (True) or point (False); None where it does not show."""
    said = written.strip().removesuffix("%").rstrip()
    can_be = readings(said)
    if len(can_be) != 1 or "." not in str(can_be[0]):
        return None
    return said.rfind(",") > said.rfind(".")


def _day(said: str, since_1904: bool) -> date | None:
    try:
        if iso := _ISO.fullmatch(said):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if local := _LOCAL.fullmatch(said):
            return date(int(local[3]), int(local[2]), int(local[1]))
    except ValueError:
        return None
    if _SERIAL.fullmatch(said):
        # ECMA-376-1, 18.17.4.1: days since 30 December 1899 (after February 1900), or since 1904.
        return (date(1904, 1, 1) if since_1904 else date(1899, 12, 30)) + timedelta(days=int(said[:5]))
    return None
