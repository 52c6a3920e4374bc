"""The words of the annex form: its catalogue keys, and how dates and numbers are printed on it."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from babel.numbers import format_decimal

from activities.printing.glyphs import printable
from activities.printing.sheet import Said
from locales.catalogue import text
from locales.dates import say_day
from locales.spoken import spoken_in
from models.vocabulary.procedure import Language

BLANK = "__________"
_NBSP = "\u00a0"
_SIGN = 3  # letters of a unit that never leaves its number
# A number longer than this is printed as it was typed: nobody reads forty digits by threes.
_DIGITS_GROUPED = 24


class Label(StrEnum):
    """The fixed words of the form and of its cover sheet; the catalogue key is `form.<label>`."""

    ANNEX = "annex"
    FORM = "form"
    ORIGIN = "origin"
    HEADING = "heading"
    KIND_CAPTION = "kind_caption"
    PART_1 = "part_1"
    OBJECTS = "objects"
    CONDUCTED_BY = "conducted_by"
    EMAIL = "email"
    PHONE = "phone"
    PART_2 = "part_2"
    PART_2_TEXT = "part_2_text"
    STATE = "state"
    CAUSE = "cause"
    QUANTITATIVE = "quantitative"
    QUALITATIVE = "qualitative"
    COLUMN_NUMBER = "column_number"
    COLUMN_NAME = "column_name"
    COLUMN_VALUE = "column_value"
    COLUMN_CALCULATION = "column_calculation"
    COLUMN_PREVIOUS = "column_previous"
    COLUMN_SOURCES = "column_sources"
    PROBLEMS = "problems"
    FACETS = "facets"
    PART_3 = "part_3"
    PART_3_TEXT = "part_3_text"
    CONCLUSIONS = "conclusions"
    EFFECTIVENESS = "effectiveness"
    TASKS = "tasks"
    DECISION = "decision"
    ASSESSMENT = "assessment"
    PROPOSALS = "proposals"
    RECOMMENDATIONS = "recommendations"
    NO_GROUNDS = "no_grounds"
    ADDRESSEE = "addressee"
    COVER = "cover"
    COVER_NOTE = "cover_note"
    TITLE = "title"
    NUMBER = "number"
    VERSION = "version"
    RENDITION = "rendition"
    AUTHENTIC = "authentic"
    CONTENT_HASH = "content_hash"
    SOURCES = "sources"
    SOURCE_KIND = "source_kind"
    SOURCE_TITLE = "source_title"
    SOURCE_OWNER = "source_owner"
    SOURCE_REFERENCE = "source_reference"
    SOURCE_OBTAINED = "source_obtained"
    SOURCE_LAWFULNESS = "source_lawfulness"
    ADDRESSEES = "addressees"
    COLUMN_PROPOSALS = "column_proposals"
    COLUMN_RECOMMENDATIONS = "column_recommendations"
    WITHHELD = "withheld"
    PUBLIC_NOTE = "public_note"
    GLYPH_NOTE = "glyph_note"
    DOCX_NOTE = "docx_note"


def label(language: Language, key: str, **params: object) -> str:
    """A text of the area `form`."""
    return text(language, f"form.{key}", **params)


def labels(language: Language) -> dict[str, str]:
    """All fixed words in one language, by name."""
    return {key.value: label(language, key) for key in Label}


def said(text: str, spoken: Language, language: Language) -> Said:
    """A text on a document in `language`; one that is in another is marked with it."""
    mark = label(language, f"mark.{spoken}") if text and spoken is not language else ""
    return Said(text=printable(text), language=spoken, mark=mark)


def typed(words: str, language: Language) -> Said:
    """What was typed in one language only, in the language that its letters and endings tell of, if any.

    Words that bear a mark already, as pages say them, keep that one.
    """
    for spoken in Language:
        bare = words.removesuffix(f" {label(language, f'mark.{spoken}')}")
        if bare != words:
            return said(bare, spoken, language)
    return said(words, spoken_in(words) or language, language)


def day(value: date | None, language: Language) -> str:
    """A local date as dd.mm.yyyy; the form's blank line where it is not known."""
    return say_day(language, value) if value else BLANK


def number(value: Decimal, language: Language) -> str:
    """A number with the decimals it was stated with: `1 030`, `40,0` (in English `1,030`, `40.0`)."""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if max(value.adjusted(), decimals) > _DIGITS_GROUPED:
        return str(value)
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return format_decimal(value, format=pattern, locale=language.value)


def measured(value: Decimal, unit: str, language: Language) -> str:
    """A number with its unit: a sign like `%` on the same line, `40,0 %`, a word below it if need be."""
    beside = _NBSP if len(unit) <= _SIGN else " "
    return f"{number(value, language)}{beside}{unit}" if unit else number(value, language)
