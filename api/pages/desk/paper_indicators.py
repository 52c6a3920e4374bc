"""The indicators a clerk typed from a paper report: with a number, or in words."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from api.pages.desk.amounts import both_readings, read_amount
from api.pages.forms.typed import Reader, Typed
from models.report.content import Indicator, Qualitative, Quantitative, Wording
from models.vocabulary.procedure import IndicatorRole, Language

FIELDS: Final = ("indicator-name", "indicator-role", "indicator-value", "indicator-unit")


def read_indicators(reader: Reader, typed: Typed, rows: int, language: Language) -> tuple[Indicator, ...]:
    """The rows that were begun; what is wrong with them is the reader's to tell."""
    return tuple(_read(reader, typed, rows, language))


def _read(reader: Reader, typed: Typed, rows: int, language: Language) -> Iterator[Indicator]:
    for row in range(1, rows + 1):
        if any(typed.one(f"{field}-{row}").strip() for field in FIELDS):
            indicator = _indicator(reader, typed, row, language)
            if indicator is not None:
                yield indicator


def _indicator(reader: Reader, typed: Typed, row: int, language: Language) -> Indicator | None:
    said = f"indicator-name-{row}"
    name = reader.text(said, "desk_indicator_name_missing", number=row)
    role = reader.choice(f"indicator-role-{row}", IndicatorRole, "desk_indicator_role_missing", number=row)
    unit = reader.line(f"indicator-unit-{row}")
    value = _value(reader, typed, row, needed=bool(unit))
    if role is None:
        return None
    wording = Wording.model_validate({language.value: name})
    if value is None:
        return Qualitative(id=f"n{row}", role=role, text=wording)
    return Quantitative(id=f"n{row}", role=role, name=wording, unit=unit, value=value)


def _value(reader: Reader, typed: Typed, row: int, *, needed: bool) -> Decimal | None:
    """A number as people write it: 1 250,5. An indicator in words has none, and no unit either.

    What can be read in two ways («1,250») is asked: nobody guesses what stands on somebody's paper.
    """
    field = f"indicator-value-{row}"
    if not typed.one(field).strip():
        if needed:
            reader.fault(field, "desk_indicator_value_missing", number=row)
        return None
    return read_amount(reader, typed, field, meant_field(row), "desk_indicator_value", number=row)


def meant_field(row: int) -> str:
    """Where it is asked which of two readings a value has."""
    return f"indicator-meant-{row}"


def asked_of(typed: Typed, rows: int, language: Language) -> dict[int, tuple[tuple[str, str], ...]]:
    """The rows whose value can be read in two ways: both as the reader's language writes them."""
    values = {row: typed.one(f"indicator-value-{row}") for row in range(1, rows + 1)}
    asked = {row: both_readings(value, language) for row, value in values.items()}
    return {row: both for row, both in asked.items() if both}
