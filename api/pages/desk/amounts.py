"""Numbers as people type them: 1 250,5. What can be read in two ways («1,250») is asked, never guessed."""

from decimal import Decimal
from typing import Final

from pydantic import TypeAdapter, ValidationError

from activities.printing.form_words import number
from api.pages.forms.typed import Reader, Typed
from models.report.content import Measure
from models.vocabulary.procedure import Language
from models.words.amounts import readings

WHOLE, PART = "whole", "part"
_MEASURE: Final[TypeAdapter[Decimal]] = TypeAdapter(Measure)


def read_amount(
    reader: Reader, typed: Typed, field: str, meant: str, fault: str, **params: str | int
) -> Decimal | None:
    """The number in a field that is not empty; `meant` is where it is asked which of two readings it has.

    The faults are `<fault>_ambiguous` and `<fault>_unreadable`.
    """
    can_be = readings(typed.one(field))
    if len(can_be) > 1:
        chosen = typed.one(meant)
        if chosen not in {WHOLE, PART}:
            reader.fault(meant, f"{fault}_ambiguous", **params)
            return None
        can_be = can_be[:1] if chosen == WHOLE else can_be[1:]
    try:
        if can_be:
            return _MEASURE.validate_python(can_be[0])
    except ValidationError:
        pass  # more digits than are kept
    reader.fault(field, f"{fault}_unreadable", **params)
    return None


def both_readings(written: str, language: Language) -> tuple[tuple[str, str], ...]:
    """Where it can be read in two ways: both as the reader's language writes them."""
    can_be = readings(written)
    if len(can_be) < 2:
        return ()
    return tuple((name, number(value, language)) for name, value in zip((WHOLE, PART), can_be, strict=True))
