"""What an import's form says of its file, as it was typed: sheet, headings, columns, what holds for all rows.

A page says for which file, sheet and line of headings it showed the columns (`of`, `shown-…`): what it says
of them holds for that alone, and anything else is guessed anew.
"""

from dataclasses import dataclass
from typing import Final

from api.pages.desk.editing.cited import cited_of
from api.pages.forms.typed import Fault, Reader, Typed
from api.pages.forms.uploads import File
from api.sheets.importing.reading import Asked, DecimalMark
from models.report.importing.columns import COLUMNS, Column, ImportKind
from models.report.importing.rows import Usual
from models.report.importing.table import MOST_COLUMNS
from models.vocabulary.procedure import Id, IndicatorRole, SourceAccess, SourceKind
from models.words.numbers_listed import numbers_listed

OF: Final = "of"
SHEET, SHOWN_SHEET = "sheet", "shown-sheet"
HEADING, SHOWN_HEADING = "heading", "shown-heading"
COLUMN: Final = "column-"
DECIMAL: Final = "decimal"
LEFT_OUT, LEAVE_WRONG, _YES = "left_out", "leave_wrong", "yes"


@dataclass(frozen=True)
class AskedByForm:
    """What is said of the file. `seen` says whether its columns were shown before they were sent."""

    asked: Asked
    seen: bool
    faults: tuple[Fault, ...]


def asked_by(typed: Typed, kind: ImportKind, file: File, sources: tuple[Id, ...]) -> AskedByForm:
    """`sources` are those that may be cited."""
    same_file = typed.one(OF) == file.sha256
    same_sheet = same_file and typed.one(SHEET) == typed.one(SHOWN_SHEET)
    heading = typed.one(HEADING).strip()
    counts = heading.isdecimal() and len(heading) < 8
    same_heading = same_sheet and heading == typed.one(SHOWN_HEADING)
    reader = Reader(typed)
    if same_sheet and not counts:
        reader.fault(HEADING, "desk_import_heading")
    marks = {each.value: each for each in DecimalMark}
    left_out = numbers_listed(typed.one(LEFT_OUT)) if same_heading else frozenset()
    if left_out is None:
        reader.fault(LEFT_OUT, "desk_import_left_out")
    asked = Asked(
        sheet=typed.one(SHEET) if same_file else None,
        heading=int(heading) if same_sheet and counts else None,
        columns=_columns(typed, kind) if same_heading else None,
        decimal=marks.get(typed.one(DECIMAL)) if same_file else None,
        usual=_usual(reader, typed, kind, sources),
        left_out=left_out or frozenset(),
        leave_wrong=same_file and typed.one(LEAVE_WRONG) == _YES,
    )
    return AskedByForm(asked, same_heading, tuple(reader.faults))


def _columns(typed: Typed, kind: ImportKind) -> dict[int, Column]:
    known = {each.value: each for each in COLUMNS[kind]}
    chosen = ((place, typed.one(f"{COLUMN}{place}")) for place in range(1, MOST_COLUMNS + 1))
    return {place: known[column] for place, column in chosen if column in known}


def _usual(reader: Reader, typed: Typed, kind: ImportKind, sources: tuple[Id, ...]) -> Usual:
    if kind in {ImportKind.INDICATORS, ImportKind.SURVEY}:
        roles = {each.value: each for each in IndicatorRole}
        return Usual(role=roles.get(typed.one("role")), sources=cited_of(reader, typed, sources))
    kinds = {str(each.value): each for each in SourceKind}
    accesses = {each.value: each for each in SourceAccess}
    return Usual(
        source_kind=kinds.get(typed.one("source_kind")),
        access=accesses.get(typed.one("access")),
        obtained_on=reader.day("obtained_on"),
    )
