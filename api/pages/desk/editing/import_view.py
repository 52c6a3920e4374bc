"""What an import's form shows of a file: its sheets, what its columns are taken for, every row in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.pages.forms.form import Line, View
from api.register.choices import Choice
from api.sheets.importing.feeds import PARTS as FEED_PARTS
from api.sheets.importing.importing import RowState, Verdict
from api.sheets.importing.reading import DecimalMark, Opened
from api.sheets.importing.saying import SaidRow, row_said
from api.sheets.importing.words import VALUES, heading
from locales.catalogue import text
from locales.terms import term
from models.report.importing.columns import COLUMNS, Column, ImportKind
from models.report.importing.table import MOST_COLUMNS, MOST_ROWS, plain
from models.report.importing.table import Line as TableLine
from models.vocabulary.procedure import IndicatorRole, Language, SourceAccess, SourceKind

_SHORT = 60


@dataclass(frozen=True)
class Mapped:
    """A column of the file: its place from 1, its heading, the first thing in it, what it is taken for."""

    place: int
    name: str
    example: str
    column: str


@dataclass(frozen=True)
class Allowed:
    """A column whose values are of a vocabulary, and these."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class FileView:
    """A file that was read, as far as it could be."""

    of: str
    name: str
    sheets: tuple[Choice, ...]
    sheet: str
    hidden: tuple[str, ...]
    heading: int
    mapped: tuple[Mapped, ...]
    decimals: tuple[tuple[str, str], ...]
    decimal: str
    told: tuple[Line, ...] = ()
    rows: tuple[SaidRow, ...] = ()


@dataclass(frozen=True)
class ImportView(View):
    """What can be chosen from; `file` is what was chosen, once it could be opened."""

    kind: str
    limit: int
    columns: tuple[Choice, ...]
    allowed: tuple[Allowed, ...]
    kinds: tuple[Choice, ...]
    accesses: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    template: str
    file: FileView | None


def import_view(
    kind: ImportKind, language: Language, sources: tuple[Choice, ...], template: str, file: FileView | None
) -> ImportView:
    of_sources = kind in {ImportKind.SOURCES, ImportKind.FEED}
    return ImportView(
        kind=kind.value,
        limit=MOST_ROWS,
        columns=tuple(Choice(value=each.value, name=heading(language, each)) for each in COLUMNS[kind]),
        allowed=allowed_values(kind, language),
        kinds=_terms(language, SourceKind) if kind is ImportKind.SOURCES else (),
        accesses=_terms(language, SourceAccess) if of_sources else (),
        roles=() if of_sources else _terms(language, IndicatorRole),
        sources=() if of_sources else sources,
        template=template,
        file=file,
    )


def file_view(of: str, name: str, opened: Opened, language: Language) -> FileView:
    """What the file has and how it is taken; its rows are another matter."""
    layout = opened.layout
    feed = opened.kind is ImportKind.FEED
    return FileView(
        of=of,
        name=name,
        sheets=tuple(Choice(value=each.name, name=each.name) for each in opened.sheets),
        sheet=opened.sheet.name,
        hidden=opened.hidden,
        heading=layout.heading,
        mapped=tuple(_mapped(opened, feed, language)),
        decimals=tuple(
            (each.value, text(language, f"page.desk.importing.decimal.{each.value}")) for each in DecimalMark
        )
        if opened.doubtful
        else (),
        decimal=opened.decimal.value if opened.decimal else "",
    )


def told_of(verdicts: Iterable[Verdict], there: int, opened: Opened, language: Language) -> tuple[Line, ...]:
    """What the rows were compared with, how many of each state there are, and what is not entered at all."""
    states = [each.state for each in verdicts]
    counted = {each.value: states.count(each) for each in RowState}
    unused = {} if opened.kind is ImportKind.FEED else opened.unused()
    said = {
        "compared": str(there),
        **{name: str(count) for name, count in counted.items() if count or name == RowState.NEW.value},
        "unused": "; ".join(
            name or text(language, "page.desk.importing.nameless", place=place)
            for place, name in unused.items()
        ),
        "examples": "; ".join(
            text(language, "page.desk.importing.at", row=number) for number in opened.examples
        ),
    }
    return tuple(
        Line(label=text(language, f"page.desk.importing.line.{name}"), value=value)
        for name, value in said.items()
        if value
    )


def rows_said(
    verdicts: Iterable[Verdict],
    lines: Iterable[TableLine],
    places: Mapping[int, Column],
    kind: ImportKind,
    language: Language,
) -> tuple[SaidRow, ...]:
    """Every row in words, in its order: all under the same columns, those that lack among them."""
    judged = tuple(verdicts)
    found = {each.column for verdict in judged for each in verdict.row.faults} - set(places.values())
    lacking = tuple(column for column in COLUMNS[kind] if column in found)
    return tuple(
        row_said(verdict, line, places, lacking, kind, language)
        for verdict, line in zip(judged, lines, strict=True)
    )


def allowed_values(kind: ImportKind, language: Language) -> tuple[Allowed, ...]:
    """The values that a table may have where they are of a vocabulary."""
    return tuple(
        Allowed(heading(language, column), tuple(term(language, each) for each in VALUES[column]))
        for column in COLUMNS[kind]
        if column in VALUES
    )


def _mapped(opened: Opened, feed: bool, language: Language) -> Iterable[Mapped]:
    sheet, layout = opened.sheet, opened.layout
    headings, below = sheet.headings(layout.heading), sheet.below(layout.heading)
    for place in range(min(sheet.width, MOST_COLUMNS)):
        said = (plain(line.at(place)) for line in below)
        example = " ".join(next((each for each in said if each), "").split())
        name = plain(headings[place]) if place < len(headings) else ""
        if feed:
            name = text(language, f"page.desk.importing.feed.{FEED_PARTS[place]}")
        if name or example:
            column = layout.places.get(place)
            yield Mapped(
                place=place + 1,
                name=" ".join(name.split())[:_SHORT],
                example=example if len(example) <= _SHORT else f"{example[:_SHORT]}…",
                column=column.value if column else "",
            )


def _terms(language: Language, words: type[SourceKind | SourceAccess | IndicatorRole]) -> tuple[Choice, ...]:
    return tuple(Choice(value=str(each.value), name=term(language, each)) for each in words)
