"""How columns and values of imported tables may be named: by the catalogues, in any language."""

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Final, TypeVar

from locales.catalogue import text
from locales.terms import term
from models.report.content import Source
from models.report.importing.columns import COLUMNS, Column, Headings, ImportKind, Layout, as_heading
from models.report.importing.rows import Words
from models.report.importing.table import Line, plain
from models.vocabulary.procedure import (
    Id,
    IndicatorKind,
    IndicatorRole,
    Language,
    SourceAccess,
    SourceKind,
)

E = TypeVar("E", bound=Enum)
_KEY: Final = "page.desk.importing"
_NAMED_BY_EXAMPLE: Final = frozenset({"title", "text", "question"})
_IN_LANGUAGES: Final[Mapping[str, str]] = {
    "title": "page.desk.source.title_field",
    "text": "page.desk.indicator.text",
    "question": f"{_KEY}.column.question",
    "answer": f"{_KEY}.column.answer",
}
_FIELDS: Final[Mapping[Column, str]] = {
    Column.SOURCE_KIND: "page.desk.source.kind",
    **{
        each: f"page.desk.source.{each.value}"
        for each in (
            Column.OWNER,
            Column.REFERENCE,
            Column.OBTAINED_ON,
            Column.ACCESS,
            Column.LAWFULNESS_NOTE,
        )
    },
    Column.INDICATOR_KIND: "page.desk.indicator.kind",
    **{
        each: f"page.desk.indicator.{each.value}"
        for each in (Column.ROLE, Column.VALUE, Column.NUMERATOR, Column.DENOMINATOR)
    },
    **{each: f"page.desk.indicator.{each.value}" for each in (Column.PREVIOUS, Column.PREVIOUS_PERIOD)},
    Column.UNIT: "page.desk.paper.indicator_unit",
    Column.SOURCES: "page.desk.content.sources",
    Column.COUNT: f"{_KEY}.column.count",
    Column.TOTAL: f"{_KEY}.column.total",
}
VALUES: Final[Mapping[Column, type[Enum]]] = {
    Column.SOURCE_KIND: SourceKind,
    Column.ACCESS: SourceAccess,
    Column.INDICATOR_KIND: IndicatorKind,
    Column.ROLE: IndicatorRole,
}
"""The columns whose values are of a vocabulary."""


def heading(language: Language, column: Column) -> str:
    """What a column is called: as the form calls the field that it fills."""
    name, _, spoken = column.value.rpartition("_")
    if name in _IN_LANGUAGES:
        what = text(language, _IN_LANGUAGES[name])
        return text(language, f"page.desk.wording.{spoken}", what=what)
    return text(language, _FIELDS[column])


@cache
def headings_of(kind: ImportKind) -> Headings:
    """By which headings each column of a table is known. The texts are read once in a process's life."""
    return {column: frozenset(_names(column)) for column in COLUMNS[kind]}


def example_of(column: Column) -> str:
    """The words by which a table to be filled in shows what stands in a column of texts; else nothing."""
    name, _, spoken = column.value.rpartition("_")
    return text(Language(spoken), f"{_KEY}.example.{name}") if name in _NAMED_BY_EXAMPLE else ""


def is_example(line: Line, layout: Layout) -> bool:
    """Whether a row is the one by which the table shows how it is filled in: it is named by its words."""
    named = {
        column: plain(line.at(place)).strip()
        for place, column in layout.places.items()
        if column.value.rpartition("_")[0] in _NAMED_BY_EXAMPLE
    }
    said = {column: words for column, words in named.items() if words}
    return bool(said) and all(words == example_of(column) for column, words in said.items())


def words_with(sources: Iterable[Source]) -> Words:
    """The names of all values; the sources of a monitoring by their number in the list, id and titles."""
    return Words(
        source_kinds=_terms(SourceKind),
        accesses=_terms(SourceAccess),
        indicator_kinds=_terms(IndicatorKind),
        roles=_terms(IndicatorRole),
        sources=_named(tuple(sources)),
    )


def _names(column: Column) -> Iterable[str]:
    yield as_heading(column.value)
    for language in Language:
        yield as_heading(heading(language, column))
        for other in text(language, f"{_KEY}.also.{column.value}").split(";"):
            yield as_heading(other)


def _terms(words: type[E]) -> Mapping[str, E]:
    named = {as_heading(str(each.value)): each for each in words}
    return named | {as_heading(term(language, each)): each for each in words for language in Language}


def _named(sources: tuple[Source, ...]) -> Mapping[str, Id | None]:
    titles: dict[str, set[Id]] = {}
    for each in sources:
        for language in each.title.given():
            titles.setdefault(as_heading(each.title.best(language)), set()).add(each.id)
    named: dict[str, Id | None] = {title: _only(ids) for title, ids in titles.items()}
    named |= {as_heading(each.id): each.id for each in sources}
    return named | {str(place): each.id for place, each in enumerate(sources, 1)}


def _only(ids: set[Id]) -> Id | None:
    return next(iter(ids)) if len(ids) == 1 else None
