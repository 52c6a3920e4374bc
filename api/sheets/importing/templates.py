"""A table to be filled in: the headings of the reader's language, one row that shows how, the allowed values.

It comes back as it is: its example, the notes and the second sheet are no rows.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from api.services.made import Made, making
from api.sheets import csv, workbook
from api.sheets.importing.words import VALUES, heading
from api.sheets.table import Cell, Table
from locales.catalogue import text
from locales.terms import term
from models.report.importing.columns import COLUMNS, Column, ImportKind
from models.vocabulary.procedure import (
    IndicatorKind,
    IndicatorRole,
    Language,
    SourceAccess,
    SourceKind,
)

_KEY: Final = "page.desk.importing"
_FIXED: Final[Mapping[Column, Cell]] = {
    Column.VALUE: Decimal("12.5"),
    Column.NUMERATOR: Decimal(50),
    Column.DENOMINATOR: Decimal(400),
    Column.PREVIOUS: Decimal("10.25"),
    Column.COUNT: Decimal(50),
    Column.TOTAL: Decimal(400),
    Column.REFERENCE: "https://example.kz/news/1",
    Column.UNIT: "%",
    Column.PREVIOUS_PERIOD: "2025",
    Column.LAWFULNESS_NOTE: "",
    Column.SOURCES: "",
}
_WORDS: Final = {
    Column.SOURCE_KIND: SourceKind.MEDIA,
    Column.ACCESS: SourceAccess.OPEN,
    Column.INDICATOR_KIND: IndicatorKind.QUANTITATIVE,
    Column.ROLE: IndicatorRole.STATE,
}


class TemplateFile(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


def template(kind: ImportKind, file: TemplateFile, language: Language, today: date, now: datetime) -> Made:
    """The file; `today` is the local date, which stands in the example."""
    name = f"{kind.value}-{language.value}.{file.value}"
    table = _table(kind, language, today)
    if file is TemplateFile.CSV:
        with making(name, csv.MEDIA_TYPE) as made:
            csv.write_csv(_with_notes(table, kind, language), language, made.file)
        return made
    with making(name, workbook.MEDIA_TYPE) as made:
        tables = (table, _allowed(kind, language))
        workbook.write_workbook(tables, table.name, now, "", made.file)
    return made


def _table(kind: ImportKind, language: Language, today: date) -> Table:
    columns = COLUMNS[kind]
    example = tuple(_example(column, language, today) for column in columns)
    return Table(
        name=text(language, f"{_KEY}.sheet_name.{kind.value}"),
        headings=tuple(heading(language, column) for column in columns),
        lines=(example,),
    )


def _example(column: Column, language: Language, today: date) -> Cell:
    if column in _FIXED:
        return _FIXED[column]
    if column in _WORDS:
        return term(language, _WORDS[column])
    if column is Column.OBTAINED_ON:
        return today.isoformat()
    name, _, spoken = column.value.rpartition("_")
    if name:
        return text(Language(spoken), f"{_KEY}.example.{name}")
    return text(language, f"{_KEY}.example.{column.value}")


def _values(kind: ImportKind, language: Language) -> Iterator[tuple[str, str]]:
    for column in COLUMNS[kind]:
        for value in VALUES.get(column, ()):
            yield heading(language, column), term(language, value)


def _allowed(kind: ImportKind, language: Language) -> Table:
    headings = tuple(text(language, f"{_KEY}.allowed_{name}") for name in ("column", "value"))
    return Table(
        name=text(language, f"{_KEY}.allowed"),
        headings=headings,
        lines=_values(kind, language),
        wide=frozenset({1}),
    )


def _with_notes(table: Table, kind: ImportKind, language: Language) -> Table:
    """A CSV has one table: what is allowed stands under it, in lines that are no rows."""
    notes = ((f"# {label}: {value}",) for label, value in _values(kind, language))
    return Table(name=table.name, headings=table.headings, lines=(*table.lines, *notes))
