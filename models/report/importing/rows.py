"""From the lines of a table to sources and indicators: each row is one, or tells what is wrong with it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from models.report.content import Qualitative, Quantitative, Source, Wording, content_sha256
from models.report.importing.columns import Column, ImportKind, Layout, as_heading
from models.report.importing.table import Line, Sheet
from models.report.importing.values import TEXT, CellFault, Values
from models.vocabulary.base import Model
from models.vocabulary.procedure import (
    Id,
    IndicatorKind,
    IndicatorRole,
    Language,
    SourceAccess,
    SourceKind,
)

V = TypeVar("V")
Imported = Source | Quantitative | Qualitative
_LANGUAGES: Final = tuple(Language)
_SURVEYED: Final = 5_000  # letters of a question, or of an answer: both stand in one text
_ONE_PLACE: Final = Decimal("0.1")
_WEB: Final = ("http://", "https://")
_ENDS: Final = ("?", "!", ".", "…")


class Row(Model):
    """One row: what it says, under a stand-in for an id, or what is wrong with its cells.

    What is doubtful (`doubts`) is told and keeps nothing out; what is `left_out` was asked to be.
    """

    number: int
    item: Imported | None = None
    faults: tuple[CellFault, ...] = ()
    doubts: tuple[CellFault, ...] = ()
    left_out: bool = False


class Usual(Model):
    """What holds for every row in which the table itself says nothing of it."""

    source_kind: SourceKind | None = None
    access: SourceAccess | None = None
    obtained_on: date | None = None
    role: IndicatorRole | None = None
    sources: tuple[Id, ...] = ()


@dataclass(frozen=True)
class Words:
    """How values may be named in a table, in any language, `as_heading`; sources by number, id and title.

    Several sources of one title have no name by it: it is None.
    """

    source_kinds: Mapping[str, SourceKind] = field(default_factory=dict)
    accesses: Mapping[str, SourceAccess] = field(default_factory=dict)
    indicator_kinds: Mapping[str, IndicatorKind] = field(default_factory=dict)
    roles: Mapping[str, IndicatorRole] = field(default_factory=dict)
    sources: Mapping[str, Id | None] = field(default_factory=dict)


def read_rows(
    kind: ImportKind,
    sheet: Sheet,
    layout: Layout,
    usual: Usual,
    words: Words,
    *,
    comma: bool | None = None,
) -> tuple[Row, ...]:
    """The rows under the headings, in their order. Whatever a feed has is of the mass media (rule 7.5)."""
    if kind is ImportKind.FEED:
        usual = usual.model_copy(update={"source_kind": SourceKind.MEDIA})
    places = layout.place_of()
    lines = sheet.below(layout.heading)
    read = [(line, Values(line, places, since_1904=sheet.since_1904, comma=comma)) for line in lines]
    if kind is ImportKind.SURVEY:
        return _survey(read, usual, words)
    of_row: Callable[[Values, Id, Usual, Words], Imported | None]
    of_row = _indicator if kind is ImportKind.INDICATORS else _source
    return tuple(
        _row(line, values, of_row(values, stand_in(line.number), usual, words)) for line, values in read
    )


def stand_in(number: int) -> Id:
    """The id of a row's item until it gets its own."""
    return f"row-{number}"


def same_as(item: Imported) -> str:
    """What two items have in common that say the same.

    A publication of the mass media is the one at its address; anything else is the same word for word. By
    which request a source came, and with which files, makes no other source of it.
    """
    if isinstance(item, Source):
        if item.kind is SourceKind.MEDIA and item.reference:
            return f"media {item.reference.rstrip('/')}"
        item = item.model_copy(update={"attachments": (), "information_request": None})
    return content_sha256(item.model_copy(update={"id": "same"}))


def near_to(item: Imported) -> str:
    """What two items have in common that may be one: a source its address on the web, a figure its name and
    unit.

    Nothing where they have no such thing.
    """
    match item:
        case Source():
            address = item.reference.rstrip("/").casefold()
            return f"at {address}" if address.startswith(_WEB) else ""
        case Quantitative():
            said = (as_heading(getattr(item.name, each.value)) for each in Language)
            return f"of {item.role.value} {'|'.join(said)} {as_heading(item.unit)}"
    return ""


def word_for_word(item: Imported) -> str:
    """The whole of what an item says."""
    return content_sha256(item.model_copy(update={"id": "same"}))


def leaving_out(rows: Iterable[Row], numbers: frozenset[int], *, wrong: bool) -> tuple[Row, ...]:
    """The rows of these numbers are left out, and those with faults where that is asked (`wrong`)."""
    return tuple(
        row.model_copy(update={"left_out": True}) if row.number in numbers or (wrong and row.faults) else row
        for row in rows
    )


def _row(line: Line, values: Values, item: Imported | None) -> Row:
    return Row(
        number=line.number,
        item=None if values.faults else item,
        faults=tuple(values.faults),
        doubts=tuple(values.doubts),
    )


def _source(values: Values, known: Id, usual: Usual, words: Words) -> Source | None:
    title = _wording(values, "title", lines=True)
    kind = _or_usual(values, Column.SOURCE_KIND, words.source_kinds, usual.source_kind)
    access = _or_usual(values, Column.ACCESS, words.accesses, usual.access)
    obtained_on = values.day(Column.OBTAINED_ON)
    if not values.given(Column.OBTAINED_ON):
        obtained_on = usual.obtained_on
        if obtained_on is None:
            values.fault(Column.OBTAINED_ON, "import_missing")
    owner, reference = values.line(Column.OWNER), values.line(Column.REFERENCE)
    lawfulness = values.text(Column.LAWFULNESS_NOTE)
    if values.faults or kind is None or access is None or obtained_on is None:
        return None
    return Source(
        id=known,
        kind=kind,
        title=title,
        owner=owner,
        reference=reference,
        obtained_on=obtained_on,
        access=access,
        lawfulness_note=lawfulness,
    )


def _indicator(values: Values, known: Id, usual: Usual, words: Words) -> Quantitative | Qualitative | None:
    said = values.word(Column.INDICATOR_KIND, words.indicator_kinds)
    measured = values.given(Column.VALUE) if said is None else said is IndicatorKind.QUANTITATIVE
    role = _or_usual(values, Column.ROLE, words.roles, usual.role)
    wording = _wording(values, "text")
    sources = _cited(values, usual, words)
    if not measured:
        for each in (Column.VALUE, Column.NUMERATOR, Column.DENOMINATOR, Column.PREVIOUS):
            if values.given(each):
                values.fault(each, "import_not_measured")
        if values.faults or role is None:
            return None
        return Qualitative(id=known, role=role, text=wording, sources=sources)
    value = values.amount(Column.VALUE)
    if not values.given(Column.VALUE):
        values.fault(Column.VALUE, "import_missing")
    numerator, denominator = values.amount(Column.NUMERATOR), values.amount(Column.DENOMINATOR)
    previous = values.amount(Column.PREVIOUS)
    unit, period = (values.line(each, stated=False) for each in (Column.UNIT, Column.PREVIOUS_PERIOD))
    if values.faults or role is None or value is None:
        return None
    return Quantitative(
        id=known,
        role=role,
        name=wording,
        unit=unit,
        value=value,
        numerator=numerator,
        denominator=denominator,
        previous=previous,
        previous_period=period,
        sources=sources,
    )


def _survey(read: Iterable[tuple[Line, Values]], usual: Usual, words: Words) -> tuple[Row, ...]:
    """Rule 7.4: how many gave each answer, as a share of all who answered the question.

    Where no column says how many those are, they are the sum of its answers.
    """
    counted = [(line, values, _counted(values)) for line, values in read]
    sums: dict[Wording, Decimal] = defaultdict(Decimal)
    for _, _, (question, _, count, _) in counted:
        sums[question] += count or 0
    return tuple(
        _row(line, values, _share(values, stand_in(line.number), given, sums, usual, words))
        for line, values, given in counted
    )


_Counted = tuple[Wording, Wording, Decimal | None, Decimal | None]


def _counted(values: Values) -> _Counted:
    question = _wording(values, "question", limit=_SURVEYED)
    answer = _wording(values, "answer", limit=_SURVEYED)
    count, total = values.amount(Column.COUNT), values.amount(Column.TOTAL)
    if not values.given(Column.COUNT):
        values.fault(Column.COUNT, "import_missing")
    for column, amount in ((Column.COUNT, count), (Column.TOTAL, total)):
        if amount is not None and (amount < 0 or amount != amount.to_integral_value()):
            values.fault(column, "import_count")
    if question.given() and answer.given() and question.given().isdisjoint(answer.given()):
        values.fault(_columns("answer")[0], "import_languages_differ")
    return question, answer, count, total


def _share(
    values: Values, known: Id, given: _Counted, sums: Mapping[Wording, Decimal], usual: Usual, words: Words
) -> Quantitative | None:
    question, answer, count, total = given
    role = _or_usual(values, Column.ROLE, words.roles, usual.role)
    sources = _cited(values, usual, words)
    whole = total if values.given(Column.TOTAL) else sums[question]
    if whole is not None and count is not None and not values.faults:
        if whole <= 0:
            values.fault(Column.COUNT, "import_nobody_answered")
        elif count > whole:
            values.fault(Column.COUNT, "import_more_than_all", whole=f"{whole:f}")
    if values.faults or role is None or count is None or whole is None:
        return None
    if total is not None and sums[question] > total:
        answered = f"{sums[question]:f}"
        values.doubt(Column.TOTAL, "import_more_answers", answered=answered, whole=f"{total:f}")
    said = {
        each.value: _answered(getattr(question, each.value), getattr(answer, each.value))
        for each in question.given() & answer.given()
    }
    share = (count / whole * 100).quantize(_ONE_PLACE)
    return Quantitative(
        id=known,
        role=role,
        name=Wording.model_validate(said),
        unit="%",
        value=share,
        numerator=count,
        denominator=whole,
        sources=sources,
    )


def _answered(question: str, answer: str) -> str:
    """«Was a payment asked for? – Yes»; «Visited in the year: once»."""
    asked = question.rstrip(" :")
    return f"{asked} – {answer}" if asked.endswith(_ENDS) else f"{asked}: {answer}"


def _wording(values: Values, name: str, *, lines: bool = False, limit: int = TEXT) -> Wording:
    """A text in the languages in which it stands there; a fault where it is there in none."""
    columns = _columns(name)
    said = {
        language.value: values.line(column) if lines else values.text(column, limit)
        for language, column in zip(_LANGUAGES, columns, strict=True)
    }
    if not any(values.given(column) for column in columns):
        values.fault(columns[0], "import_text_missing")
    return Wording.model_validate(said)


def _columns(name: str) -> tuple[Column, ...]:
    return tuple(Column(f"{name}_{language.value}") for language in _LANGUAGES)


def _or_usual(values: Values, column: Column, known: Mapping[str, V], usual: V | None) -> V | None:
    if values.given(column):
        return values.word(column, known)
    if usual is None:
        values.fault(column, "import_missing")
    return usual


def _cited(values: Values, usual: Usual, words: Words) -> tuple[Id, ...]:
    """The sources that a row names, parted by semicolons, besides those of all rows."""
    cited = list(usual.sources)
    written = values.text(Column.SOURCES)
    for said in (written,) if as_heading(written) in words.sources else written.split(";"):
        if not (name := as_heading(said)):
            continue
        found = words.sources.get(name)
        if found is None:
            key = "import_source_ambiguous" if name in words.sources else "import_source_unknown"
            values.fault(Column.SOURCES, key, source=" ".join(said.split())[:100])
        else:
            cited.append(found)
    return tuple(dict.fromkeys(cited))
