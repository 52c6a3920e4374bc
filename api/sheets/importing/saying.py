"""An imported row in words: what each of its columns will say, what is wrong with it, what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from activities.printing.form_words import number
from api.problems.fields import worded_fault
from api.problems.problem import FieldFault
from api.sheets.importing.importing import Near, RowState, Verdict
from api.sheets.importing.words import heading
from locales.catalogue import text
from locales.dates import say_day
from locales.terms import term
from models.report.content import Qualitative, Quantitative, Source, Wording
from models.report.importing.columns import Column, ImportKind
from models.report.importing.rows import Imported
from models.report.importing.table import Line, plain
from models.report.importing.values import CellFault
from models.vocabulary.procedure import IndicatorKind, Language

_FIELDS: Final = {
    Column.SOURCE_KIND: "kind",
    Column.INDICATOR_KIND: "kind",
}


@dataclass(frozen=True)
class SaidCell:
    """One cell: under which heading, what it says, what is wrong with it, what may be."""

    column: Column
    label: str
    value: str
    faults: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class SaidRow:
    """One row, by its number in the file."""

    number: int
    state: RowState
    becomes: str
    near: str
    cells: tuple[SaidCell, ...]


def row_said(
    verdict: Verdict,
    line: Line,
    places: Mapping[int, Column],
    lacking: tuple[Column, ...],
    kind: ImportKind,
    language: Language,
) -> SaidRow:
    """A row as it will be entered; where it cannot be, as it stands in the file, with why.

    `lacking` are columns that the file does not have and some of its rows would need. Of a survey each answer
    is shown as it was counted, with the share that follows.
    """
    row, survey = verdict.row, kind is ImportKind.SURVEY
    said = {column: plain(line.at(place)) for place, column in sorted(places.items())}
    said |= dict.fromkeys(lacking, "")
    if survey:
        said[Column.VALUE] = ""
    if row.item is not None:
        for column in (Column.VALUE,) if survey else tuple(said):
            said[column] = _value(row.item, column, language) or said[column]
    cells = tuple(
        SaidCell(
            column=column,
            label=heading(language, column),
            value=value,
            faults=tuple(fault_said(each, language) for each in row.faults if each.column is column),
            doubts=tuple(fault_said(each, language) for each in row.doubts if each.column is column),
        )
        for column, value in said.items()
    )
    becomes = text(language, f"page.desk.importing.state.{verdict.state.value}", row=verdict.like)
    near = _near_said(verdict.near, kind, language) if verdict.near else ""
    return SaidRow(number=row.number, state=verdict.state, becomes=becomes, near=near, cells=cells)


def _near_said(near: Near, kind: ImportKind, language: Language) -> str:
    where = "there" if near.place else "above"
    what = "address" if kind in {ImportKind.SOURCES, ImportKind.FEED} else "name"
    return text(language, f"page.desk.importing.near.{what}_{where}", place=near.place, row=near.row)


def fault_said(fault: CellFault, language: Language) -> str:
    """A sentence, as the API says it of a field."""
    pointed = FieldFault(pointer="", key=fault.key, params=fault.params)
    return worded_fault(language, pointed)


def _value(item: Imported, column: Column, language: Language) -> str:
    match item:
        case Source():
            wording: Wording = item.title
        case Quantitative():
            wording = item.name
        case Qualitative():
            wording = item.text
    name, _, spoken = column.value.rpartition("_")
    if name in {"title", "text"}:
        return str(getattr(wording, spoken))
    value = getattr(item, _FIELDS.get(column, column.value), None)
    match value:
        case Decimal():
            return number(value, language)
        case Enum() if not isinstance(value, IndicatorKind):
            return term(language, value)
        case str():
            return "" if isinstance(value, IndicatorKind) else value
        case None | tuple():
            return ""
    return say_day(language, value)
