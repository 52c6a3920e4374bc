"""An address that looks like one and is another is found by the letter that does it."""

import pytest

from models.vocabulary.addresses import misleading_letter


@pytest.mark.parametrize(
    ("address", "letter"),
    [
        ("аkimat-zhan@example.kz", "а"),  # the first letter is Cyrillic
        ("akimat-zhаn@example.kz", "а"),
        ("akimat@exаmple.kz", "а"),
        ("асе@example.kz", "а"),  # every letter of the name looks Latin
        ("оператоp@пример.рф", "p"),  # a Latin letter in a Cyrillic name
        ("αkimat@example.kz", "α"),
        ("akimat-zhan@example.kz", ""),
        ("әкімдік@мысал.қаз", ""),
        ("асе@пример.рф", ""),
        ("жан.akimat@example.kz", ""),  # each part is of one alphabet
        ("12345@example.kz", ""),
        ("no address", ""),
    ],
)
def test_a_letter_of_another_alphabet_is_found_wherever_it_stands(address: str, letter: str) -> None:
    assert misleading_letter(address) == letter
