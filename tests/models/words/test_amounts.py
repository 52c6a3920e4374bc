"""A number means what whoever wrote it meant; where nobody can know, both readings are told."""

from decimal import Decimal

import pytest

from models.words.amounts import readings


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1250", "1250"),
        ("1 250", "1250"),
        ("1\u00a0046,50", "1046.50"),
        ("1\u202f250\u202f000,5", "1250000.5"),
        ("1'250.5", "1250.5"),
        ("1’250", "1250"),
        ("1,250.5", "1250.5"),
        ("1.250,5", "1250.5"),
        ("1,250,000", "1250000"),
        ("12,5", "12.5"),
        ("12.50", "12.50"),
        ("0,125", "0.125"),
        ("1250,125", "1250.125"),
        ("1 250,125", "1250.125"),
        ("−3,3", "-3.3"),
        ("– 4", "-4"),
    ],
)
def test_a_number_is_read_in_any_language(written: str, meant: str) -> None:
    (value,) = readings(written)
    assert str(value) == meant


@pytest.mark.parametrize("written", ["1,250", "1.250", "12,500", "999.999", "-1,250"])
def test_what_may_be_a_thousand_or_a_part_is_both(written: str) -> None:
    whole, part = readings(written)
    assert whole == part * 1000
    assert part.as_tuple().exponent == -3


@pytest.mark.parametrize(
    "written", ["", "много", "1 25", "1,25,3", "1.2.3", "1,250,5", "5%", "1e3", "--1", "1,"]
)
def test_what_is_no_number_is_none(written: str) -> None:
    assert readings(written) == ()


def test_decimals_stay_as_many_as_were_written() -> None:
    assert readings("40,0") == (Decimal("40.0"),)
    assert str(readings("40,0")[0]) == "40.0"
