"""The questions of an edition of the Rules: one for each of its terms, made of the terms themselves."""

from datetime import date
from enum import Enum
from typing import Final

from api.pages.desk.questions import (
    MISSING,
    AnyQuestion,
    Asking,
    BoxQuestion,
    DayQuestion,
    LineQuestion,
    Perhaps,
    Question,
)
from api.pages.desk.sitting import Sitting
from api.pages.desk.term_questions import ChoiceQuestion
from api.pages.forms.form import Line
from api.pages.registries.over import OverQuestion
from models.vocabulary.edition_terms import BETWEEN, LADDERS, SWITCHES, TIMES, terms_of
from models.vocabulary.editions import ORDER_192, StageTerms, Times
from models.vocabulary.ladders import RungName

_LONGEST: Final = 4  # figures
_MAY_BE_NONE: Final = frozenset(
    {
        *(f"{TIMES}{BETWEEN}{name}" for name, field in Times.model_fields.items() if field.default is None),
        *(BETWEEN.join((TIMES, "stages", name)) for name in StageTerms.model_fields),
    }
)


class NumberQuestion(Question[int]):
    """So many days or months."""

    kind = "line"

    async def read(self, asking: Asking) -> int | None:
        typed = asking.reader.line(self.name, MISSING, question=asking.label)
        if typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST:
            return int(typed)
        if typed:
            asking.reader.fault(self.name, "registries_number", question=asking.label)
        return None

    def any(self, today: date) -> int:
        return 1

    async def said(self, value: int, label: str, sitting: Sitting) -> Line:
        return self.in_words(label, str(value))


OVER = OverQuestion("over")
"""The edition whose terms stood in the form when it was opened."""
ID, ORDER, DATED = LineQuestion("id"), LineQuestion("order_number"), DayQuestion("order_date")
SINCE, UNTIL = DayQuestion("in_force_from"), Perhaps(DayQuestion("in_force_until"))
REASON = LineQuestion("reason")
BEFORE: Final = frozenset({RungName.EARLY_REMINDER, RungName.REMINDER, RungName.LAST_CALL})
"""Rungs that are asked for as so many days before; the others as days after."""


def _question(name: str, value: object) -> AnyQuestion:
    if isinstance(value, bool):
        return BoxQuestion(name)
    if isinstance(value, Enum):
        return ChoiceQuestion(name, type(value))
    number = NumberQuestion(name)
    return Perhaps(number) if name in _MAY_BE_NONE or name.startswith(LADDERS) else number


def rung_of(name: str) -> RungName:
    """The rung that a term of a ladder sets."""
    return RungName(name.rpartition(BETWEEN)[2])


TERMS: Final = {
    name: _question(name, value)
    for name, value in terms_of(ORDER_192).items()
    if not (name.startswith(LADDERS) and rung_of(name) is RungName.EXPIRED)  # always the day after
}
GROUPS: Final = {
    "order": (ID, ORDER, DATED, SINCE, UNTIL),
    **{
        group: tuple(question for name, question in TERMS.items() if name.partition(BETWEEN)[0] == group)
        for group in (SWITCHES, TIMES, LADDERS)
    },
    "reason": (REASON,),
}
"""`page.registries.edition.group.<group>`, in the order of the page."""
