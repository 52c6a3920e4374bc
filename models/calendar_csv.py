"""A calendar edition as a spreadsheet: two lines about the edition, a header, one line a day (RFC 4180)."""

import csv
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from io import StringIO
from typing import Final

from pydantic import TypeAdapter, ValidationError

from models.calendar_day import BoundedDay, CalendarDay, CalendarDayKind, DayNames
from models.calendar_edition import MOST_DAYS, CalendarEdition, EditionId
from models.refusal import Refusal, Refused, refuse_if

COLUMNS: Final = ("date", "kind", "kk", "ru", "en", "act")
_FIRST_DAY_LINE: Final = 4
_EDITION_ID: TypeAdapter[str] = TypeAdapter(EditionId)
_DAY: TypeAdapter[date] = TypeAdapter(BoundedDay)


class CalendarCsvRefusal(StrEnum):
    """Why a file is not a calendar; `line` says where."""

    CALENDAR_CSV_HEAD = "calendar_csv_head"
    CALENDAR_CSV_DAY = "calendar_csv_day"
    CALENDAR_CSV_ORDER = "calendar_csv_order"


class CalendarFileRefusal(StrEnum):
    """Why a file as a whole is not a calendar."""

    CALENDAR_CSV_TOO_LONG = "calendar_csv_too_long"
    CALENDAR_CSV_UNREADABLE = "calendar_csv_unreadable"


def write_calendar(edition: CalendarEdition) -> str:
    """The edition as CSV text, the same bytes for the same edition."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("edition", edition.id))
    rows.writerow(("announced_through", edition.announced_through.isoformat()))
    rows.writerow(COLUMNS)
    for day in edition.days:
        names = day.names
        rows.writerow((day.on.isoformat(), day.kind, names.kk, names.ru, names.en, day.act))
    return text.getvalue()


def read_calendar(text: str) -> CalendarEdition:
    """The edition written in CSV text; a byte order mark and empty cells at line ends are forgiven.

    Raises Refused: CalendarCsvRefusal with the line at which it stops making sense, CalendarFileRefusal.
    """
    lines = _lines(text)
    edition, announced_through = _head(lines)
    days = tuple(_days(lines[_FIRST_DAY_LINE - 1 :]))
    refuse_if(len(days) > MOST_DAYS, CalendarFileRefusal.CALENDAR_CSV_TOO_LONG, limit=str(MOST_DAYS))
    try:
        return CalendarEdition(id=edition, announced_through=announced_through, days=days)
    except ValidationError as error:
        raise Refused(Refusal(code=CalendarCsvRefusal.CALENDAR_CSV_ORDER)) from error


def _lines(text: str) -> list[list[str]]:
    try:
        rows = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""))
        return [_trimmed(row) for row in rows]
    except csv.Error as error:  # a cell without an end: most often a quotation mark that was not closed
        raise Refused(Refusal(code=CalendarFileRefusal.CALENDAR_CSV_UNREADABLE)) from error


def _trimmed(row: list[str]) -> list[str]:
    # Spreadsheets pad every line to the width of the widest one.
    while row and not row[-1].strip():
        row = row[:-1]
    return [cell.strip() for cell in row]


def _head(lines: list[list[str]]) -> tuple[str, date]:
    match lines[: _FIRST_DAY_LINE - 1]:
        case [["edition", edition], ["announced_through", announced], columns]:
            if tuple(columns) != COLUMNS:
                raise _refused(CalendarCsvRefusal.CALENDAR_CSV_HEAD, 3)
            return _edition_id(edition), _announced(announced)
        case _:
            raise _refused(CalendarCsvRefusal.CALENDAR_CSV_HEAD, 1)


def _edition_id(text: str) -> str:
    try:
        return _EDITION_ID.validate_python(text)
    except ValidationError as error:
        raise _refused(CalendarCsvRefusal.CALENDAR_CSV_HEAD, 1) from error


def _announced(text: str) -> date:
    try:
        return _DAY.validate_python(date.fromisoformat(text))
    except ValueError as error:
        raise _refused(CalendarCsvRefusal.CALENDAR_CSV_HEAD, 2) from error


def _days(lines: list[list[str]]) -> Iterator[CalendarDay]:
    for number, row in enumerate(lines, start=_FIRST_DAY_LINE):
        if row:
            yield _day(row, number)


def _day(row: list[str], line: int) -> CalendarDay:
    try:
        on, kind, kk, ru, en, act = row if len(row) == len(COLUMNS) else [*row, ""]
        names = DayNames(kk=kk, ru=ru, en=en)
        return CalendarDay(on=date.fromisoformat(on), kind=CalendarDayKind(kind), names=names, act=act)
    except ValueError as error:
        raise _refused(CalendarCsvRefusal.CALENDAR_CSV_DAY, line) from error


def _refused(code: CalendarCsvRefusal, line: int) -> Refused:
    return Refused(Refusal(code=code, params={"line": str(line)}))
