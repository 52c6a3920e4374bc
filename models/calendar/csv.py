"""A calendar edition as a spreadsheet: two lines about the edition, a header, one line a day (RFC 4180)."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from io import StringIO
from typing import Final

from pydantic import TypeAdapter, ValidationError

from models.calendar.day import BoundedDay, CalendarDay, CalendarDayKind, DayNames
from models.calendar.edition import MOST_DAYS, CalendarEdition, EditionId
from models.vocabulary.refusal import Refusal, Refused, refuse_if
from models.words.cells import guarded, unguarded

COLUMNS: Final = ("date", "kind", "kk", "ru", "en", "act")
_FIRST_DAY_LINE: Final = 4
_SHOWN: Final = 40  # of a cell in a sentence about it
_LOCAL_DATE: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_EDITION_ID: TypeAdapter[str] = TypeAdapter(EditionId)
_DAY: TypeAdapter[date] = TypeAdapter(BoundedDay)


class CalendarCsvRefusal(StrEnum):
    """Why a file is not a calendar; `line` says where, `column` and `cell` which cell and what is in it."""

    CALENDAR_CSV_HEAD = "calendar_csv_head"
    CALENDAR_CSV_CELLS = "calendar_csv_cells"
    CALENDAR_CSV_DATE = "calendar_csv_date"
    CALENDAR_CSV_KIND = "calendar_csv_kind"
    CALENDAR_CSV_NAME = "calendar_csv_name"
    CALENDAR_CSV_WEEK = "calendar_csv_week"
    CALENDAR_CSV_ORDER = "calendar_csv_order"


class CalendarFileRefusal(StrEnum):
    """Why a file as a whole is not a calendar."""

    CALENDAR_CSV_TOO_LONG = "calendar_csv_too_long"
    CALENDAR_CSV_UNREADABLE = "calendar_csv_unreadable"


def write_calendar(edition: CalendarEdition, separator: str = ",") -> str:
    """The edition as CSV text, the same bytes for the same edition; a spreadsheet computes nothing of it."""
    text = StringIO()
    rows = csv.writer(text, delimiter=separator, lineterminator="\n")
    rows.writerow(("edition", edition.id))
    rows.writerow(("announced_through", edition.announced_through.isoformat()))
    rows.writerow(COLUMNS)
    for day in edition.days:
        names = day.names
        said = map(guarded, (names.kk, names.ru, names.en, day.act))
        rows.writerow((day.on.isoformat(), day.kind, *said))
    return text.getvalue()


def read_calendar(text: str) -> CalendarEdition:
    """The edition written in CSV text, as we write it or as a spreadsheet of the country saves it: parted by
    semicolons, with dates like 31.12.2026. A byte order mark and empty cells at line ends are forgiven.

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
        plain = text.removeprefix("\ufeff")
        rows = csv.reader(StringIO(plain, newline=""), delimiter=_separator(plain))
        return [_trimmed(row) for row in rows]
    except csv.Error as error:  # a cell without an end: most often a quotation mark that was not closed
        raise Refused(Refusal(code=CalendarFileRefusal.CALENDAR_CSV_UNREADABLE)) from error


def _separator(text: str) -> str:
    """What parts the columns' own names, which no cell of a day can be mistaken for."""
    head = text.splitlines()[: _FIRST_DAY_LINE - 1]
    return ";" if any(line.replace('"', "").startswith(";".join(COLUMNS[:2])) for line in head) else ","


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
    return _date(text, 2, "announced_through")


def _days(lines: list[list[str]]) -> Iterator[CalendarDay]:
    for number, row in enumerate(lines, start=_FIRST_DAY_LINE):
        if row:
            yield _day(row, number)


def _day(row: list[str], line: int) -> CalendarDay:
    cells = [*row, ""] if len(row) == len(COLUMNS) - 1 else row
    if len(cells) != len(COLUMNS):
        raise _refused(CalendarCsvRefusal.CALENDAR_CSV_CELLS, line)
    on, kind = _date(cells[0], line, COLUMNS[0]), _kind(cells[1], line)
    kk, ru, en, act = map(unguarded, cells[2:])
    try:
        return CalendarDay(on=on, kind=kind, names=_names(kk, ru, en), act=act)
    except ValidationError as error:
        raise _of_cell(error, line, dict(zip(COLUMNS, cells, strict=True))) from error


def _names(kk: str, ru: str, en: str) -> DayNames:
    return DayNames(kk=kk, ru=ru, en=en)


def _date(cell: str, line: int, column: str) -> date:
    try:
        plain = _LOCAL_DATE.fullmatch(cell)
        day = date(int(plain[3]), int(plain[2]), int(plain[1])) if plain else date.fromisoformat(cell)
        return _DAY.validate_python(day)
    except ValueError as error:
        raise _refused(CalendarCsvRefusal.CALENDAR_CSV_DATE, line, column=column, cell=cell) from error


def _kind(cell: str, line: int) -> CalendarDayKind:
    try:
        return CalendarDayKind(cell)
    except ValueError as error:
        allowed = ", ".join(CalendarDayKind)
        code = CalendarCsvRefusal.CALENDAR_CSV_KIND
        raise _refused(code, line, cell=cell, allowed=allowed) from error


def _of_cell(error: ValidationError, line: int, cells: dict[str, str]) -> Refused:
    """A name or an act that is not taken; without one, the kind does not fit the day of the week."""
    column = next((str(each["loc"][-1]) for each in error.errors() if each["loc"]), "")
    if column not in cells:
        return _refused(CalendarCsvRefusal.CALENDAR_CSV_WEEK, line, cell=cells["date"])
    return _refused(CalendarCsvRefusal.CALENDAR_CSV_NAME, line, column=column, cell=cells[column])


def _short(cell: str) -> str:
    seen = "".join(letter for letter in cell if letter.isprintable())
    return seen if len(seen) <= _SHOWN else f"{seen[:_SHOWN]}…"


def _refused(
    code: CalendarCsvRefusal, line: int, column: str = "", cell: str = "", allowed: str = ""
) -> Refused:
    params = {"line": str(line), "column": column, "cell": _short(cell), "allowed": allowed}
    return Refused(Refusal(code=code, params=params))
