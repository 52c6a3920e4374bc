"""A workbook is read as its sheets show it, and looked through before a library opens it."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from api.problems.problem import Failed, ProblemCode
from api.sheets.importing.limits import MOST_LINES
from api.sheets.importing.workbooks import sheets_of_workbook
from models.report.importing.table import Cell, Unread
from tests.importing.workbooks import SHEET, saved, with_parts, with_rows, written


def cells(content: bytes) -> list[tuple[int, tuple[Cell, ...]]]:
    """The lines of the first sheet, by their numbers."""
    (sheet, *_), _ = sheets_of_workbook(content)
    return [(line.number, line.cells) for line in sheet.lines]


def refused(content: bytes) -> str:
    with pytest.raises(Failed) as told:
        sheets_of_workbook(content)
    return told.value.refusals[0].code


def test_values_are_those_that_the_sheet_shows() -> None:
    def fill(sheet: Worksheet) -> None:
        late = datetime(2026, 9, 1, 23, 30)  # noqa: DTZ001 - a cell has no zone
        sheet.append(["Үлес", 0.125, 1 / 3, 12.3456, date(2026, 9, 1), late, 7])
        for column, shown_as in ((2, "0.0%"), (4, "#,##0.00")):
            sheet.cell(1, column).number_format = shown_as

    line = (
        "Үлес",
        Decimal("12.5"),
        Decimal("0.33333333"),
        Decimal("12.35"),
        date(2026, 9, 1),
        date(2026, 9, 1),
        Decimal(7),
    )
    assert cells(saved(fill)) == [(1, line)]


def test_lines_keep_their_numbers_and_empty_ones_are_none() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B2"], sheet["A5"] = "екінші", "бесінші"
        sheet["C7"] = "   "

    assert cells(saved(fill)) == [(2, ("", "екінші")), (5, ("бесінші",))]


def test_a_cell_that_is_merged_downwards_speaks_for_all_its_rows() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["Сұрақ", "Иә", 1], [None, "Жоқ", 2], [None, "Білмеймін", 3], [None, "Басқа", 4]):
            sheet.append(row)
        sheet.merge_cells("A1:A3")

    assert [line[0] for _, line in cells(saved(fill))] == ["Сұрақ", "Сұрақ", "Сұрақ", ""]


def test_a_formula_is_what_it_was_last_worth_and_an_error_is_none() -> None:
    row = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+2</f></c>'
    row += '<c r="C1" t="e"><v>#REF!</v></c><c r="D1" t="str"><f>"a"</f><v>a</v></c></row>'
    found = (Decimal(2), Unread("import_formula"), Unread("import_cell_error"), "a")
    assert cells(with_rows(row)) == [(1, found)]


def test_hidden_sheets_are_named_and_not_read() -> None:
    book = Workbook()
    book.active.append(["көрінеді"])
    for name, state in (("Жасырын", "hidden"), ("Өте жасырын", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.append(["құпия"])
        sheet.sheet_state = state
    sheets, hidden = sheets_of_workbook(written(book))
    assert [each.name for each in sheets] == ["Sheet"]
    assert hidden == ("Жасырын", "Өте жасырын")


def test_days_are_counted_as_the_workbook_counts_them() -> None:
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 - an epoch of a workbook has no zone
    book.active.append([date(2026, 9, 1)])
    (sheet, *_), _ = sheets_of_workbook(written(book))
    assert sheet.since_1904
    assert sheet.lines[0].cells == (date(2026, 9, 1),)


def test_a_sheet_is_read_no_farther_than_is_taken() -> None:
    def fill(sheet: Worksheet) -> None:
        for number in range(MOST_LINES + 5):
            sheet.append([f"жол {number}"])

    (sheet, *_), _ = sheets_of_workbook(saved(fill))
    assert (len(sheet.lines), sheet.cut) == (MOST_LINES, True)


def test_a_far_away_cell_makes_no_table_of_millions() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    (sheet, *_), _ = sheets_of_workbook(with_rows(rows))
    assert (len(sheet.lines), sheet.width) == (1, 16_384)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="0"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1"><v>many</v></c></row>',
        '<row r="1">' + "<c>" * 100 + "</c>" * 100 + "</row>",
        '<row r="1"',
    ],
)
def test_what_no_spreadsheet_writes_is_told(rows: str) -> None:
    assert refused(with_rows(rows)) == ProblemCode.IMPORT_UNREADABLE


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "[Content_Types].xml", "xl/new.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_part_declares_entities(part: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>'
    content = with_parts(saved(lambda sheet: sheet.append(["x"])), {part: text.encode(encoding)})
    assert refused(content) == ProblemCode.IMPORT_UNREADABLE


def test_what_unfolds_too_far_is_not_unfolded() -> None:
    padded = b"<x>" + b" " * 41_000_000 + b"</x>"
    content = with_parts(saved(lambda sheet: sheet.append(["x"])), {"docProps/app.xml": padded})
    assert len(content) < 100_000
    assert refused(content) == ProblemCode.IMPORT_TOO_LARGE


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"PK\x05\x06" + bytes(18), saved(lambda _: None)[:-40]],
    ids=["nothing", "two letters", "an empty archive", "one without its end"],
)
def test_what_is_no_workbook_is_told(content: bytes) -> None:
    assert refused(content) == ProblemCode.IMPORT_UNREADABLE
