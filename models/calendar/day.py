"""One named day of the calendar: why it is worked or not, in three languages, and by which act."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from models.calendar.working import is_weekend
from models.vocabulary.base import Model
from models.vocabulary.texts import TextFault, one_line

EARLIEST_DAY, LATEST_DAY = date(1990, 1, 1), date(2100, 12, 31)

# A calendar is exported to spreadsheets, which run a text that begins like a formula, in wide letters too.
_FORMULA = r"[=+\-@\s＝＋－＠]"
_SPREADSHEET_SAFE = r"^([^=+\-@\s＝＋－＠].*)?$"


def _no_formula(given: object) -> object:
    """Said in words before the pattern is tried: a pattern does not tell people what is wrong."""
    if isinstance(given, str) and re.match(_FORMULA, given):
        raise TextFault("text_formula", "this text must not begin with =, +, -, @ or a space")
    return given


Name = Annotated[
    str,
    Field(min_length=1, max_length=200, pattern=_SPREADSHEET_SAFE, examples=["Наурыз мейрамы"]),
    AfterValidator(one_line),
    BeforeValidator(_no_formula),
]
EnglishName = Annotated[
    str,
    Field(max_length=200, pattern=_SPREADSHEET_SAFE, examples=["Nauryz"]),
    AfterValidator(one_line),
    BeforeValidator(_no_formula),
]
ActReference = Annotated[
    str,
    Field(max_length=200, pattern=_SPREADSHEET_SAFE, examples=["№ 109"]),
    AfterValidator(one_line),
    BeforeValidator(_no_formula),
]
BoundedDay = Annotated[date, Field(ge=EARLIEST_DAY, le=LATEST_DAY)]


class CalendarDayKind(StrEnum):
    """Why a day differs from the plain week."""

    HOLIDAY = "holiday"
    TRANSFERRED_DAY_OFF = "transferred_day_off"
    WORKING_WEEKEND = "working_weekend"
    CLOSURE = "closure"


class DayNames(Model):
    """What a day is called; the acts name it in Kazakh and Russian."""

    kk: Name
    ru: Name
    en: EnglishName = ""


class CalendarDay(Model):
    """A local date, its kind, its names and the act it rests on.

    A holiday may fall on a weekend: it is kept for its name and changes no count.
    """

    on: BoundedDay
    kind: CalendarDayKind
    names: DayNames
    act: ActReference = ""

    @model_validator(mode="after")
    def _kind_fits_the_week(self) -> Self:
        weekend = is_weekend(self.on)
        if self.kind is CalendarDayKind.WORKING_WEEKEND and not weekend:
            raise ValueError("only a weekend day can be declared working")
        if self.kind is CalendarDayKind.TRANSFERRED_DAY_OFF and weekend:
            raise ValueError("a day off is transferred to a weekday")
        return self

    @property
    def working(self) -> bool:
        """Whether people work on it."""
        return self.kind is CalendarDayKind.WORKING_WEEKEND
