"""What the columns of an imported table mean, and how that is guessed from their headings."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.report.importing.table import MOST_COLUMNS, Line, Sheet, plain
from models.vocabulary.base import Model
from models.words.folding import words_in


class ImportKind(StrEnum):
    """What is imported: sources and indicators row by row, publications of a feed, answers to a survey."""

    SOURCES = "sources"
    FEED = "feed"
    INDICATORS = "indicators"
    SURVEY = "survey"


class Column(StrEnum):
    """One meaning of a column; the fields of a source or an indicator, each language by itself."""

    SOURCE_KIND = "source_kind"
    TITLE_KK = "title_kk"
    TITLE_RU = "title_ru"
    TITLE_EN = "title_en"
    OWNER = "owner"
    REFERENCE = "reference"
    OBTAINED_ON = "obtained_on"
    ACCESS = "access"
    LAWFULNESS_NOTE = "lawfulness_note"
    INDICATOR_KIND = "indicator_kind"
    ROLE = "role"
    TEXT_KK = "text_kk"
    TEXT_RU = "text_ru"
    TEXT_EN = "text_en"
    VALUE = "value"
    UNIT = "unit"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    PREVIOUS = "previous"
    PREVIOUS_PERIOD = "previous_period"
    SOURCES = "sources"
    QUESTION_KK = "question_kk"
    QUESTION_RU = "question_ru"
    QUESTION_EN = "question_en"
    ANSWER_KK = "answer_kk"
    ANSWER_RU = "answer_ru"
    ANSWER_EN = "answer_en"
    COUNT = "count"
    TOTAL = "total"


_TITLES: Final = (Column.TITLE_KK, Column.TITLE_RU, Column.TITLE_EN)
_OF_FEED: Final = (*_TITLES, Column.OWNER, Column.REFERENCE, Column.OBTAINED_ON)
COLUMNS: Final[Mapping[ImportKind, tuple[Column, ...]]] = MappingProxyType(
    {
        ImportKind.SOURCES: (
            Column.SOURCE_KIND,
            *_OF_FEED,
            Column.ACCESS,
            Column.LAWFULNESS_NOTE,
        ),
        ImportKind.FEED: _OF_FEED,
        ImportKind.INDICATORS: (
            Column.INDICATOR_KIND,
            Column.ROLE,
            Column.TEXT_KK,
            Column.TEXT_RU,
            Column.TEXT_EN,
            Column.VALUE,
            Column.UNIT,
            Column.NUMERATOR,
            Column.DENOMINATOR,
            Column.PREVIOUS,
            Column.PREVIOUS_PERIOD,
            Column.SOURCES,
        ),
        ImportKind.SURVEY: (
            Column.QUESTION_KK,
            Column.QUESTION_RU,
            Column.QUESTION_EN,
            Column.ANSWER_KK,
            Column.ANSWER_RU,
            Column.ANSWER_EN,
            Column.COUNT,
            Column.TOTAL,
            Column.ROLE,
            Column.SOURCES,
        ),
    }
)
AMOUNTS: Final = frozenset(
    {
        Column.VALUE,
        Column.NUMERATOR,
        Column.DENOMINATOR,
        Column.PREVIOUS,
        Column.COUNT,
        Column.TOTAL,
    }
)
_LOOKED_AT: Final = 20  # lines among which the headings are looked for

Headings = Mapping[Column, frozenset[str]]
"""How each column may be headed, in any language, `as_heading`."""


class Layout(Model):
    """Which line has the headings (0: none), and which column is what; places from 0."""

    heading: int
    places: dict[int, Column] = {}

    def place_of(self) -> Mapping[Column, int]:
        return {column: place for place, column in self.places.items()}

    def twice(self) -> frozenset[Column]:
        """Columns that are named for more than one place."""
        named = list(self.places.values())
        return frozenset(each for each in named if named.count(each) > 1)


def as_heading(text: str) -> str:
    """A heading as it is compared: its words in their order, whatever stands between them."""
    return " ".join(words_in(text))


def guessed_layout(sheet: Sheet, headings: Headings) -> Layout:
    """The line with most of the known headings, the first of equals; else the first line, if any."""
    found = [(line, _known(line, headings)) for line in sheet.lines[:_LOOKED_AT]]
    if not found:
        return Layout(heading=0)
    line, places = max(found, key=lambda each: len(each[1]))
    return Layout(heading=line.number, places=places)


def layout_at(sheet: Sheet, heading: int, headings: Headings) -> Layout:
    """The same where it is known which line has the headings."""
    line = next((each for each in sheet.lines if each.number == heading), None)
    return Layout(heading=heading, places=_known(line, headings) if line else {})


def likeliest(sheets: tuple[Sheet, ...], headings: Headings) -> int:
    """Which of the sheets it is, by their headings: its place among them."""
    known = [len(guessed_layout(sheet, headings).places) for sheet in sheets]
    return max(range(len(sheets)), key=lambda place: (known[place], bool(sheets[place].lines), -place))


def _known(line: Line, headings: Headings) -> dict[int, Column]:
    places: dict[int, Column] = {}
    for place, cell in enumerate(line.cells[:MOST_COLUMNS]):
        said = as_heading(plain(cell))
        column = next((each for each, names in headings.items() if said in names), None)
        if column is not None and column not in places.values():
            places[place] = column
    return places
