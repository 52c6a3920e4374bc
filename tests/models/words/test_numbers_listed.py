"""Numbers as people list them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.words.numbers_listed import as_listed, numbers_listed


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("", set()),
        ("3", {3}),
        (" 3, 7-9; 12 ", {3, 7, 8, 9, 12}),
        ("7 – 9,", {7, 8, 9}),
        ("9-7", None),
        ("три", None),
        ("1-99999", None),
        ("123456789", None),
    ],
)
def test_numbers_and_ranges_are_read_or_nothing_is(written: str, numbers: set[int] | None) -> None:
    assert numbers_listed(written) == (None if numbers is None else frozenset(numbers))


@given(st.frozensets(st.integers(0, 2_000), max_size=40))
def test_what_is_listed_is_read_again(numbers: frozenset[int]) -> None:
    assert numbers_listed(as_listed(numbers)) == numbers
