"""Tables for spreadsheets: parted as their reader's program parts them, and nothing in them computes."""

import csv
import io
import re
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO

import pytest
from openpyxl import load_workbook

from api.sheets import csv as plain
from api.sheets import workbook
from api.sheets.table import Link, Table
from models.vocabulary.procedure import Language

REPLY = "Жауап;=2+2;соңы"
TEXTS = (REPLY, "=1+1", "а,+1", "а\t@b", "а\n-1", 'а";=1', "Сатып алу - 2026")
LINES = ((*TEXTS, Decimal("-1250.50"), 3, Link(path="/x", said="=2026")),)
TABLE = Table(name="2026-UO-0001", headings=tuple(f"c{n}" for n in range(len(LINES[0]))), lines=LINES)
COMPUTES = re.compile(r"[\s\"]*[=+\-@](?![0-9,.]+\"*\r?$)")  # a number is none


def cells_of(text: str, separator: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]


@pytest.mark.parametrize(
    ("language", "separator", "number"),
    [(Language.KK, ";", "-1250,50"), (Language.RU, ";", "-1250,50"), (Language.EN, ",", "-1250.50")],
)
def test_a_table_is_parted_as_its_reader_writes(language: Language, separator: str, number: str) -> None:
    written = plain.as_csv(TABLE, language)
    assert written.startswith(b"\xef\xbb\xbf")
    cells = cells_of(written.decode("utf-8-sig"), separator)
    assert len(cells) == 2 * len(TABLE.headings)
    assert cells[-3:] == [number, "3", "'=2026"]
    assert cells[-4] == TEXTS[-1], "what is no formula stays as it is"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("language", Language)
def test_nothing_computes_whatever_a_program_takes_for_the_separator(
    language: Language, separator: str
) -> None:
    text = plain.as_csv(TABLE, language).decode("utf-8-sig")
    for read in (cells_of(text, separator), re.split(rf"[{separator}\n]", text)):
        assert not [cell for cell in read if COMPUTES.match(cell)]


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers() -> None:
    body = workbook.as_workbook((TABLE,), "title", datetime(2026, 11, 29, tzinfo=UTC), "https://example.kz/")
    sheet = load_workbook(io.BytesIO(body)).worksheets[0]
    row = next(iter(sheet.iter_rows(min_row=2)))
    assert [cell.value for cell in row[: len(TEXTS)]] == list(TEXTS)
    assert not [cell for cell in row if cell.data_type == "f"]
    assert all(cell.quotePrefix for cell in row[: len(TEXTS)])
    assert (row[-3].value, row[-2].value, row[-1].hyperlink.target) == (-1250.5, 3, "https://example.kz/x")


def test_a_workbook_opens_whatever_was_taken_once() -> None:
    table = Table(name="t", headings=("a",), lines=(("Мектеп\uffff",),))
    body = workbook.as_workbook((table,), "title", datetime(2026, 11, 29, tzinfo=UTC), "")
    assert load_workbook(io.BytesIO(body)).worksheets[0]["A2"].value == "Мектеп"


def _long() -> Table:
    """Twelve megabytes of text, made line by line."""
    lines = ((f"{number} " + "мәтін " * 250, number) for number in range(4_000))
    return Table(name="t", headings=("text", "number"), lines=lines)


def _as_csv(file: IO[bytes]) -> None:
    plain.write_csv(_long(), Language.KK, file)


def _as_workbook(file: IO[bytes]) -> None:
    workbook.write_workbook((_long(),), "title", datetime(2026, 11, 29, tzinfo=UTC), "", file)


@pytest.mark.parametrize("writing", [_as_csv, _as_workbook])
def test_a_long_table_is_never_whole_in_memory(writing: Callable[[IO[bytes]], None]) -> None:
    with TemporaryFile() as file:
        tracemalloc.start()
        writing(file)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert file.tell() > 10_000
    assert most < 2 * 1024 * 1024
