"""Text as people give it: what is kept, what is mended, what is not taken."""

import pytest

from models.vocabulary.texts import TextFault, clean, kept, one_line, seen, visible, writable


def test_line_ends_and_letters_have_one_form() -> None:
    assert clean("и\u0306\r\nа") == "й\nа"
    assert one_line("  Емхана  ") == "Емхана"


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\u202eb", "a\u2067b", "a\ud800b"])
def test_controls_turning_marks_and_lone_surrogates_are_not_taken(text: str) -> None:
    assert not kept(text)
    with pytest.raises(TextFault) as fault:
        clean(text)
    assert fault.value.code == "text_controls"


@pytest.mark.parametrize("text", ["a\uffffb", "a\ufffeb", "a\ufdd0b", "a\U0001ffffb", "a\U0010fffeb"])
def test_codes_that_stand_for_no_character_are_not_taken_and_what_is_on_file_stays_readable(
    text: str,
) -> None:
    assert not kept(text)
    assert clean(text) == text, "texts from before are read as they are"
    assert writable(text) == "ab"


def test_what_everybody_writes_is_kept() -> None:
    assert kept("Әліпби, ёлка, “Ok” 😀\n\t\u00ad")


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\u2028b", "a\u2029b"])
def test_a_title_is_one_line(text: str) -> None:
    with pytest.raises(TextFault) as fault:
        one_line(text)
    assert fault.value.code == "text_lines"


@pytest.mark.parametrize(
    "text", [" ", "\u200b", "\u00a0\u2060", "\u3164", "\u2800\u2800", "\u0301", "\u00ad\ufe0f"]
)
def test_a_text_that_is_given_can_be_seen(text: str) -> None:
    assert not visible(text)
    with pytest.raises(TextFault) as fault:
        seen(text)
    assert fault.value.code == "text_blank"


@pytest.mark.parametrize("text", ["—", "...", "« »", "№"])
def test_a_title_says_something(text: str) -> None:
    with pytest.raises(TextFault) as fault:
        seen(text)
    assert fault.value.code == "text_blank"


def test_none_given_is_another_matter() -> None:
    assert seen("") == ""
    assert seen("ә") == "ә"
