"""The register's tables, for spreadsheets: one list of columns per table, cells as text or exact numbers."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from api.register.views import (
    CountDifferenceView,
    CountView,
    IndicatorDifferenceView,
    NamedValue,
    PartView,
    RegisterRow,
    RegisterView,
    RepeatView,
    ReportLineView,
)
from api.sheets.table import Cell, Link, Number, Table
from locales.catalogue import text
from models.register import ElementKind
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language

T = TypeVar("T")
Columns = dict[str, Callable[[T], Cell]]
"""Named by keys of the catalogue, `register.column.<name>`."""
_WIDE: Final = frozenset({"text", "because", "reports", "title"})
_NARROW: Final = frozenset(
    {"year", "version", "count", "total", "findings", "proposals", "recommendations", "indicators", "repeat"}
)


def _named(each: Iterable[NamedValue]) -> str:
    return "; ".join(one.name for one in each)


def _name(named: NamedValue | None) -> str:
    return named.name if named else ""


def _number(value: Number | None) -> Cell:
    return "" if value is None else value


_SOURCE: Final[Columns[RegisterRow]] = {
    "report": lambda row: Link(path=row.source.link, said=row.source.report),
    "version": lambda row: row.source.version,
    "element": lambda row: row.source.element,
    "content": lambda row: row.source.content,
}
_SCOPE: Final[Columns[RegisterRow]] = {
    "spheres": lambda row: _named(row.spheres),
    "regions": lambda row: "; ".join(row.region_names),
    "objects": lambda row: _named(row.objects),
    "conductor": lambda row: row.conductor.name,
}
_FACETS: Final[Columns[RegisterRow]] = {"facets": lambda row: _named(row.facets)}
_DECIDED: Final[Columns[RegisterRow]] = {
    "addressee": lambda row: _name(row.addressee),
    "basis": lambda row: row.basis or "",
}
_MEASURED: Final[Columns[RegisterRow]] = {
    "role": lambda row: _name(row.role),
    "value": lambda row: _number(row.measured.value if row.measured else None),
    "unit": lambda row: row.measured.unit if row.measured else "",
    "numerator": lambda row: _number(row.measured.numerator if row.measured else None),
    "denominator": lambda row: _number(row.measured.denominator if row.measured else None),
}
_YEAR: Final[Columns[RegisterRow]] = {"year": lambda row: row.year}
_TEXT: Final[Columns[RegisterRow]] = {"text": lambda row: row.text}
_KIND: Final[Columns[RegisterRow]] = {"kind": lambda row: row.kind_name}
_ENTRIES: Final[Columns[RegisterRow]] = {
    **_KIND,
    **_YEAR,
    **_TEXT,
    **_SCOPE,
    **_FACETS,
    **_DECIDED,
    **_MEASURED,
    **_SOURCE,
}


class Counted(Model):
    """A figure under its dimension."""

    dimension: str
    count: CountView


class CountedPart(Model):
    """What one report gives to a figure."""

    dimension: str
    name: str
    part: PartView


class RepeatRow(Model):
    """One finding of a repeat."""

    number: int
    repeat: RepeatView
    row: RegisterRow


_REPORTS: Final[Columns[ReportLineView]] = {
    "report": lambda line: Link(path=line.link, said=line.report),
    "version": lambda line: line.version,
    "title": lambda line: line.title,
    "monitoring": lambda line: line.kind_name,
    "conductor": lambda line: line.conductor.name,
    "year": lambda line: line.year,
    "ended_on": lambda line: line.ended_on or "",
    "received_on": lambda line: line.received_on,
    "way": lambda line: line.way_name,
    "content": lambda line: line.content,
}
_COUNTS: Final[Columns[Counted]] = {
    "dimension": lambda line: line.dimension,
    "name": lambda line: line.count.name,
    "findings": lambda line: line.count.findings,
    "proposals": lambda line: line.count.proposals,
    "recommendations": lambda line: line.count.recommendations,
    "indicators": lambda line: line.count.indicators,
    "total": lambda line: line.count.total,
    "reports": lambda line: ", ".join(f"{part.report} ({part.count})" for part in line.count.parts),
}
_PARTS: Final[Columns[CountedPart]] = {
    "dimension": lambda line: line.dimension,
    "name": lambda line: line.name,
    "report": lambda line: Link(path=line.part.link, said=line.part.report),
    "version": lambda line: line.part.version,
    "count": lambda line: line.part.count,
    "content": lambda line: line.part.content,
}
_REPEATS: Final[Columns[RepeatRow]] = {
    "repeat": lambda line: line.number,
    "because": lambda line: "\n".join(because.said for because in line.repeat.because),
    "year": lambda line: line.row.year,
    "text": lambda line: line.row.text,
    "objects": lambda line: _named(line.row.objects),
    "spheres": lambda line: _named(line.row.spheres),
    "report": lambda line: Link(path=line.row.source.link, said=line.row.source.report),
    "version": lambda line: line.row.source.version,
    "element": lambda line: line.row.source.element,
}
_COUNT_DIFFERENCES: Final[Columns[CountDifferenceView]] = {
    "dimension": lambda line: line.dimension_name,
    "name": lambda line: line.name,
    "year": lambda line: line.year,
    "now": lambda line: line.now.findings,
    "before": lambda line: line.before.findings,
    "change": lambda line: _number(line.change),
    "why_not": lambda line: line.said,
    "reports": lambda line: ", ".join(part.report for part in (*line.now.parts, *line.before.parts)),
}
_INDICATOR_DIFFERENCES: Final[Columns[IndicatorDifferenceView]] = {
    "text": lambda line: line.now.text,
    "objects": lambda line: _named(line.now.objects),
    "year": lambda line: line.year,
    "now": lambda line: _number(line.now.measured.value if line.now.measured else None),
    "before": lambda line: _number(line.before.measured.value if line.before.measured else None),
    "change": lambda line: _number(line.change),
    "unit": lambda line: line.now.measured.unit if line.now.measured else "",
    "why_not": lambda line: line.said,
    "report": lambda line: Link(path=line.now.source.link, said=line.now.source.report),
    "report_before": lambda line: Link(path=line.before.source.link, said=line.before.source.report),
}
_DECISIONS: Final = frozenset({ElementKind.PROPOSAL, ElementKind.RECOMMENDATION})


def tables_of(view: RegisterView) -> Iterator[Table]:
    """The sheets of a workbook, in order."""
    rows = view.rows
    findings = (row for row in rows if row.kind is ElementKind.FINDING)
    decisions = (row for row in rows if row.kind in _DECISIONS)
    indicators = (row for row in rows if row.kind is ElementKind.INDICATOR)
    yield _sheet(view, "reports", _REPORTS, view.reports)
    yield _sheet(view, "findings", {**_YEAR, **_TEXT, **_FACETS, **_SCOPE, **_SOURCE}, findings)
    yield _sheet(
        view,
        "decisions",
        {**_KIND, **_YEAR, **_TEXT, **_DECIDED, **_SCOPE, **_SOURCE},
        decisions,
    )
    yield _sheet(view, "indicators", {**_YEAR, **_TEXT, **_MEASURED, **_SCOPE, **_SOURCE}, indicators)
    yield _sheet(view, "counts", _COUNTS, _counted(view))
    yield _sheet(view, "parts", _PARTS, _parts(_counted(view)))
    yield _sheet(view, "repeats", _REPEATS, _members(view))
    yield _sheet(view, "count_differences", _COUNT_DIFFERENCES, view.count_differences)
    yield _sheet(view, "indicator_differences", _INDICATOR_DIFFERENCES, view.indicator_differences)


def _sheet(view: RegisterView, name: str, columns: Columns[T], lines: Iterable[T]) -> Table:
    return _table(view.language, f"register.sheet.{name}", columns, lines)


def entries_of(view: RegisterView, public_url: str) -> Table:
    """Every element in one table, each with the address of its report: what the CSV holds."""
    addressed: Columns[RegisterRow] = {
        **_ENTRIES,
        "link": lambda row: f"{public_url.rstrip('/')}{row.source.link}",
    }
    return _table(view.language, "register.title", addressed, view.rows)


def _table(language: Language, name: str, columns: Columns[T], lines: Iterable[T]) -> Table:
    return Table(
        name=text(language, name),
        headings=tuple(text(language, f"register.column.{column}") for column in columns),
        lines=(tuple(column(line) for column in columns.values()) for line in lines),
        wide=frozenset(place for place, column in enumerate(columns) if column in _WIDE),
        narrow=frozenset(place for place, column in enumerate(columns) if column in _NARROW),
    )


def _counted(view: RegisterView) -> Iterator[Counted]:
    yield Counted(dimension=view.total.name, count=view.total)
    for by in view.counts:
        for count in by.counts:
            yield Counted(dimension=by.name, count=count)


def _parts(counted: Iterable[Counted]) -> Iterator[CountedPart]:
    for each in counted:
        for part in each.count.parts:
            yield CountedPart(dimension=each.dimension, name=each.count.name, part=part)


def _members(view: RegisterView) -> Iterator[RepeatRow]:
    for number, repeat in enumerate(view.repeats, 1):
        for row in repeat.members:
            yield RepeatRow(number=number, repeat=repeat, row=row)
