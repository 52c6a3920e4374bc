"""Rows of a table become sources and indicators; each cell that cannot be one says why."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.report.content import Qualitative, Quantitative, Source, Wording
from models.report.importing.columns import (
    COLUMNS,
    Column,
    ImportKind,
    Layout,
    as_heading,
    guessed_layout,
    likeliest,
)
from models.report.importing.rows import (
    Row,
    Usual,
    Words,
    leaving_out,
    near_to,
    read_rows,
    same_as,
    word_for_word,
)
from models.report.importing.table import Cell, Line, Sheet, Unread
from models.report.importing.values import CellFault, Values, tells_its_mark
from models.vocabulary.procedure import IndicatorRole, SourceAccess, SourceKind

MEDIA = Source(
    id="s-1",
    kind=SourceKind.MEDIA,
    title=Wording(ru="Статья"),
    owner="Газета",
    reference="https://example.kz/1",
    obtained_on=date(2026, 9, 1),
    access=SourceAccess.OPEN,
)
WORDS = Words(
    source_kinds={"5": SourceKind.MEDIA},
    accesses={"open": SourceAccess.OPEN},
    roles={"state": IndicatorRole.STATE},
    sources={"1": "s-1", as_heading("Статья"): "s-1", as_heading("Двойник"): None, as_heading("a; b"): "s-2"},
)
STATE = Usual(role=IndicatorRole.STATE)


def read(
    kind: ImportKind, columns: tuple[Column, ...], *rows: tuple[Cell, ...], usual: Usual = STATE
) -> tuple[Row, ...]:
    lines = tuple(Line(number, cells) for number, cells in enumerate(rows, 2))
    layout = Layout(heading=1, places=dict(enumerate(columns)))
    return read_rows(kind, Sheet("a", lines, len(columns)), layout, usual, WORDS)


def faults(row: Row) -> list[tuple[Column, str]]:
    return [(each.column, each.key) for each in row.faults]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2026, 9, 1), date(2026, 9, 1)),
        ("2026-09-01", date(2026, 9, 1)),
        ("2026-09-01T10:00:00Z", date(2026, 9, 1)),
        ("01.09.2026", date(2026, 9, 1)),
        ("1/9/2026 10:30", date(2026, 9, 1)),
        (Decimal(46266), date(2026, 9, 1)),
        ("46266", date(2026, 9, 1)),
        ("46266,75", date(2026, 9, 1)),
    ],
)
def test_a_day_is_read_however_it_was_written(cell: Cell, day: date) -> None:
    values = Values(Line(2, (cell,)), {Column.OBTAINED_ON: 0})
    assert (values.day(Column.OBTAINED_ON), values.faults) == (day, [])


def test_a_program_that_counts_since_1904_is_understood() -> None:
    values = Values(Line(2, ("44804",)), {Column.OBTAINED_ON: 0}, since_1904=True)
    assert values.day(Column.OBTAINED_ON) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("31.02.2026", "import_date"),
        ("вчера", "import_date"),
        ("9999-12-31", "date_bounds"),
        ("00001", "date_bounds"),
        (Unread("import_formula"), "import_formula"),
        ("", "import_missing"),
    ],
)
def test_a_day_that_is_none_is_told(cell: Cell, key: str) -> None:
    (row,) = read(ImportKind.SOURCES, (Column.TITLE_KK, Column.OBTAINED_ON), ("Атауы", cell))
    assert (Column.OBTAINED_ON, key) in faults(row)


@pytest.mark.parametrize(
    ("cell", "comma", "amount"),
    [
        (Decimal("12.5"), None, "12.5"),
        ("12,5 %", None, "12.5"),
        ("1\u00a0250,5", None, "1250.5"),
        ("1,250", True, "1.250"),
        ("1,250", False, "1250"),
        ("1.250", True, "1250"),
        ("1.250", False, "1.250"),
        ("-7", None, "-7"),
    ],
)
def test_an_amount_is_read_as_people_write_it(cell: Cell, comma: bool | None, amount: str) -> None:
    values = Values(Line(2, (cell,)), {Column.VALUE: 0}, comma=comma)
    assert (str(values.amount(Column.VALUE)), values.faults) == (amount, [])


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("1,250", "import_amount_ambiguous"),
        ("много", "import_amount"),
        ("1e5", "import_amount"),
        (Decimal(10) ** 30, "import_amount"),
        (Decimal("0.123456789"), "import_amount"),
        (Unread("import_cell_error"), "import_cell_error"),
    ],
)
def test_an_amount_that_is_none_is_told(cell: Cell, key: str) -> None:
    values = Values(Line(2, (cell,)), {Column.VALUE: 0})
    assert values.amount(Column.VALUE) is None
    assert values.faults == [CellFault(column=Column.VALUE, key=key)]


@pytest.mark.parametrize(
    ("written", "comma"),
    [("12,5", True), ("12.5", False), ("1.250,5", True), ("1,250.5", False), ("1,250", None), ("12", None)],
)
def test_a_number_shows_its_mark_or_does_not(written: str, comma: bool | None) -> None:
    assert tells_its_mark(written) is comma


def test_texts_that_cannot_be_kept_are_told_by_their_cells() -> None:
    columns = (Column.TITLE_RU, Column.OWNER, Column.REFERENCE, Column.SOURCE_KIND)
    (row,) = read(
        ImportKind.SOURCES,
        columns,
        ("x" * 501, "\u202eкет", "—", "9"),
        usual=Usual(access=SourceAccess.OPEN, obtained_on=date(2026, 9, 1)),
    )
    assert faults(row) == [
        (Column.TITLE_RU, "string_too_long"),
        (Column.SOURCE_KIND, "import_word"),
        (Column.OWNER, "text_controls"),
        (Column.REFERENCE, "text_says_nothing"),
    ]


def test_a_title_of_several_lines_is_one_line() -> None:
    usual = Usual(source_kind=SourceKind.MEDIA, access=SourceAccess.OPEN, obtained_on=date(2026, 9, 1))
    (row,) = read(ImportKind.SOURCES, (Column.TITLE_KK,), (" Екі\r\nжол ",), usual=usual)
    assert isinstance(row.item, Source)
    assert row.item.title.kk == "Екі жол"


def test_an_indicator_is_measured_where_it_has_a_value() -> None:
    columns = (Column.TEXT_KK, Column.VALUE, Column.NUMERATOR, Column.DENOMINATOR, Column.SOURCES)
    share, words, torn = read(
        ImportKind.INDICATORS,
        columns,
        ("Үлес", "12,5", "50", "400", "1; Статья"),
        ("Кезек жабық",),
        ("Үлес", "", "50"),
    )
    assert isinstance(share.item, Quantitative)
    assert (share.item.value, share.item.sources) == (Decimal("12.5"), ("s-1",))
    assert isinstance(words.item, Qualitative)
    assert faults(torn) == [(Column.NUMERATOR, "import_not_measured")]


def test_a_source_is_named_by_number_id_or_title_and_never_guessed() -> None:
    columns = (Column.TEXT_KK, Column.SOURCES)
    known, two, unknown = read(
        ImportKind.INDICATORS, columns, ("Мәтін", "a; b"), ("Мәтін", "Двойник"), ("Мәтін", "1; 7")
    )
    assert isinstance(known.item, Qualitative)
    assert known.item.sources == ("s-2",)
    assert faults(two) == [(Column.SOURCES, "import_source_ambiguous")]
    assert faults(unknown) == [(Column.SOURCES, "import_source_unknown")]


SURVEY = (Column.QUESTION_RU, Column.ANSWER_RU, Column.COUNT, Column.TOTAL)


def test_rule_7_4_answers_are_shares_of_all_who_answered_or_were_asked() -> None:
    rows = read(
        ImportKind.SURVEY,
        SURVEY,
        ("Просили?", "Да", "1"),
        ("Просили?", "Нет", "2"),
        ("Довольны?", "Да", "3", "8"),
    )
    shares = [each.item for each in rows]
    assert all(isinstance(each, Quantitative) and not each.differs() for each in shares)
    assert [(str(e.value), str(e.denominator)) for e in shares if isinstance(e, Quantitative)] == [
        ("33.3", "3"),
        ("66.7", "3"),
        ("37.5", "8"),
    ]


def test_counts_that_are_none_are_told() -> None:
    rows = read(
        ImportKind.SURVEY,
        SURVEY,
        ("А?", "Да", "1,5"),
        ("Б?", "Да", "-1"),
        ("В?", "Да", "9", "8"),
        ("Г?", "Да", "0"),
        ("Д?", "Да", ""),
    )
    keys = [[key for _, key in faults(row)] for row in rows]
    assert keys == [
        ["import_count"],
        ["import_count"],
        ["import_more_than_all"],
        ["import_nobody_answered"],
        ["import_missing"],
    ]


def test_more_answers_than_people_asked_are_told_and_keep_nothing_out() -> None:
    """Several may be chosen; where one alone may, it is a mistake."""
    rows = read(ImportKind.SURVEY, SURVEY, ("А?", "Да", "250", "400"), ("А?", "Нет", "200", "400"))
    assert [each.item is not None for each in rows] == [True, True]
    told = [(each.column, each.key, each.params) for row in rows for each in row.doubts]
    assert told == [(Column.TOTAL, "import_more_answers", {"answered": "450", "whole": "400"})] * 2
    (fits,) = read(ImportKind.SURVEY, SURVEY, ("А?", "Да", "400", "400"))
    assert fits.doubts == ()


def test_an_answer_is_named_by_its_question_as_people_write_it() -> None:
    rows = read(ImportKind.SURVEY, SURVEY, ("Плата?", "Да", "1"), ("Бывали за год:", "раз", "1"))
    names = [row.item.name.ru for row in rows if isinstance(row.item, Quantitative)]
    assert names == ["Плата? – Да", "Бывали за год: раз"]


def test_what_may_be_meant_twice_is_near() -> None:
    other = MEDIA.model_copy(update={"kind": SourceKind.LEGAL_STATISTICS, "title": Wording(kk="Басқа")})
    assert near_to(other) == near_to(MEDIA.model_copy(update={"reference": "HTTPS://example.kz/1/"}))
    assert near_to(MEDIA.model_copy(update={"reference": "№ 12"})) == "", "a number is of many"
    assert word_for_word(other) != word_for_word(MEDIA) == word_for_word(MEDIA.model_copy(update={"id": "x"}))


def test_rows_are_left_out_by_their_numbers_and_where_they_are_wrong() -> None:
    columns = (Column.TEXT_KK, Column.VALUE)
    rows = read(ImportKind.INDICATORS, columns, ("Бір", "1"), ("Екі", "x"), ("Үш", "3"))
    assert [row.left_out for row in leaving_out(rows, frozenset({4}), wrong=False)] == [False, False, True]
    assert [row.left_out for row in leaving_out(rows, frozenset(), wrong=True)] == [False, True, False]


def test_a_question_and_its_answer_are_of_one_language() -> None:
    (row,) = read(
        ImportKind.SURVEY, (Column.QUESTION_KK, Column.ANSWER_RU, Column.COUNT), ("Сұрақ", "Ответ", "1")
    )
    assert faults(row) == [(Column.ANSWER_KK, "import_languages_differ")]


def test_notes_are_no_rows_and_rows_keep_their_numbers() -> None:
    rows = read(ImportKind.INDICATORS, (Column.TEXT_KK, Column.UNIT), ("# ескерту",), ("Бір",), ("#2", "x"))
    assert [each.number for each in rows] == [3, 4]


def test_what_says_the_same_is_the_same() -> None:
    """A publication is the one at its address; anything else is told word for word."""
    mended = {"id": "s-2", "title": Wording(kk="Мақала"), "obtained_on": date(2026, 9, 9)}
    assert same_as(MEDIA.model_copy(update=mended)) == same_as(MEDIA)
    statistics = MEDIA.model_copy(update={"kind": SourceKind.LEGAL_STATISTICS})
    assert same_as(statistics.model_copy(update={"id": "s-2", "attachments": ("a" * 64,)})) == same_as(
        statistics
    )
    assert same_as(statistics.model_copy(update={"owner": "Орган"})) != same_as(statistics)
    assert same_as(statistics) != same_as(MEDIA)


HEADINGS = {Column.TITLE_KK: frozenset({"атауы"}), Column.OWNER: frozenset({"орган", "иесі"})}


def test_headings_are_found_under_a_title_and_a_column_is_taken_once() -> None:
    lines = (Line(1, ("Тізім",)), Line(3, ("№", "Атауы:", "ОРГАН", "Иесі")), Line(4, ("1", "а", "б", "в")))
    layout = guessed_layout(Sheet("a", lines, 4), HEADINGS)
    assert layout == Layout(heading=3, places={1: Column.TITLE_KK, 2: Column.OWNER})
    assert guessed_layout(Sheet("a", ()), HEADINGS) == Layout(heading=0)
    empty, other = Sheet("b", ()), Sheet("c", (Line(1, ("x",)),))
    assert likeliest((empty, other, Sheet("a", lines, 4)), HEADINGS) == 2
    assert likeliest((empty, other), HEADINGS) == 1


CELLS = st.text(max_size=40) | st.decimals(allow_nan=False, allow_infinity=False) | st.dates()


@given(st.sampled_from(ImportKind), st.lists(st.lists(CELLS, max_size=13), max_size=4), st.booleans())
def test_whatever_stands_in_a_table_is_an_item_or_told(
    kind: ImportKind, rows: list[list[Cell]], usual: bool
) -> None:
    common = Usual(
        source_kind=SourceKind.MEDIA, access=SourceAccess.OPEN, obtained_on=date(2026, 9, 1), role=STATE.role
    )
    read_in = read(kind, COLUMNS[kind], *map(tuple, rows), usual=common if usual else Usual())
    assert all((each.item is None) is bool(each.faults) for each in read_in)
