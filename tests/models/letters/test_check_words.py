"""The word printed beside a letter's number: the holder's, taken as people type it."""

import pytest

from models.letters.check_words import check_word, letter_of_word

NUMBER = "2026-SARY-0001"
SECRET, FORMER = "a secret of thirty-two characters", "an older secret of its own length"
LETTERS = ("L1-0", "L2-0")


@pytest.mark.parametrize("secret", [SECRET, FORMER])
@pytest.mark.parametrize("letter", LETTERS)
def test_a_word_stands_beside_one_letter(secret: str, letter: str) -> None:
    assert letter_of_word((SECRET, FORMER), NUMBER, LETTERS, check_word(secret, NUMBER, letter)) == letter


def test_a_word_is_taken_in_any_case_spacing_and_script() -> None:
    word = check_word(SECRET, NUMBER, "L1-0")
    cyrillic = word.translate(str.maketrans("ACEHKMPTXY", "АСЕНКМРТХУ"))
    for typed in (
        word.lower(),
        word.replace("-", " "),
        f" {word} ",
        cyrillic,
        f"«{word.replace('-', '–')}».",
        f"{word}\u200b",
    ):
        assert letter_of_word((SECRET,), NUMBER, LETTERS, typed) == "L1-0"


@pytest.mark.parametrize("typed", ["", "AAAAA-AAAAA", "ә", "not a word"])
def test_no_other_word_opens_a_letter(typed: str) -> None:
    assert letter_of_word((SECRET,), NUMBER, LETTERS, typed) is None


def test_a_word_is_of_its_number() -> None:
    word = check_word(SECRET, NUMBER, "L1-0")
    assert letter_of_word((SECRET,), "2026-SARY-0002", LETTERS, word) is None
