"""CSV is read in whichever encoding and with whichever separator it was written."""

import pytest

from api.problems.problem import Failed, ProblemCode
from api.sheets.importing.limits import MOST_LINES
from api.sheets.importing.separated import sheet_of_text
from api.sheets.importing.words import headings_of
from models.report.importing.columns import ImportKind
from models.words.cells import guarded

HEADINGS = headings_of(ImportKind.SOURCES)
LINES = [("Атауы", "Сілтеме"), ("Мектеп, емхана; кезек", "https://example.kz/1")]


def read(content: bytes) -> list[tuple[str, ...]]:
    sheet = sheet_of_text(content, "a", HEADINGS)
    return [tuple(map(str, line.cells)) for line in sheet.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "kz1048", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_encoding_and_separator(encoding: str, separator: str) -> None:
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in line) for line in LINES)
    assert read(text.encode(encoding)) == LINES


def test_russian_of_windows_1251() -> None:
    text = "Название;Ссылка\r\nШкола «№ 2»;x\r\n"
    assert read(text.encode("cp1251")) == [("Название", "Ссылка"), ("Школа «№ 2»", "x")]


def test_commas_of_sentences_part_nothing_where_headings_show_otherwise() -> None:
    text = "Перечень, часть 1, лист 2, стр. 3\nНазвание;Ссылка\nШкола, лицей, гимназия, сад, ясли;x\n"
    assert read(text.encode())[1:] == [("Название", "Ссылка"), ("Школа, лицей, гимназия, сад, ясли", "x")]


def test_a_file_may_say_its_separator() -> None:
    assert read(b"sep=|\r\nTitle|Link\r\nA;B|x\r\n") == [("Title", "Link"), ("A;B", "x")]


def test_rows_are_counted_as_spreadsheets_count_them() -> None:
    sheet = sheet_of_text(b'Title\n"two\nlines"\n\n  \nlast\n', "a", HEADINGS)
    assert [(line.number, line.cells) for line in sheet.lines] == [
        (1, ("Title",)),
        (2, ("two\nlines",)),
        (5, ("last",)),
    ]


def test_what_our_exports_have_guarded_comes_back_as_it_was() -> None:
    assert read(f'Title\n"{guarded("=1+1")}"\n'.encode()) == [("Title",), ("=1+1",)]


def test_a_long_file_is_read_no_farther_than_is_taken() -> None:
    sheet = sheet_of_text(b"x\n" * (MOST_LINES + 9), "a", HEADINGS)
    assert (len(sheet.lines), sheet.cut) == (MOST_LINES, True)


@pytest.mark.parametrize(
    "content", [b"\x00\x01", b'Title\n"never ended', b"Title\n" + b"x" * 200_000, b"\xff\xfe\x00"]
)
def test_what_is_no_table_is_told(content: bytes) -> None:
    with pytest.raises(Failed) as told:
        read(content)
    assert told.value.refusals[0].code == ProblemCode.IMPORT_UNREADABLE
