"""Marks inside marks: quotation marks, brackets, and what stands outside of them."""

import re
from datetime import date

import pytest

from locales.catalogue import text
from locales.dates import say_date
from models.vocabulary.procedure import Language
from tests.catalogue_checks import messages, placeholders, subjects


@pytest.mark.parametrize("language", Language)
def test_quotation_marks_inside_quotation_marks_are_the_inner_ones(language: Language) -> None:
    """Wherever a sentence of any subject quotes: bodies' own names have such marks."""
    outer = ("“", "”") if language is Language.EN else ("«", "»")
    name = f"{outer[0]}Емхана{outer[1]} КММ"
    for subject in subjects():
        for key, message in messages(subject, language).items():
            if isinstance(message.id, str):
                said = text(language, key, **dict.fromkeys(placeholders(str(message.string)), name))
                assert outer[0] * 2 not in said, key
                assert f"{outer[1]}{outer[1]}" not in said, key


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("note", ["say.body_today", "say.body_gone"])
def test_what_became_of_a_body_stands_outside_the_quotation_marks_of_its_name(
    language: Language, note: str
) -> None:
    opening, closing = ("“", "”") if language is Language.EN else ("«", "»")
    named = text(language, note, name="Емхана", today="Аурухана")
    said = text(language, "refused.recipient_is_nobody", organisation=named)
    assert f"{opening}Емхана{closing}{named.removeprefix('Емхана')}" in said


@pytest.mark.parametrize("language", Language)
def test_the_language_of_a_text_stands_outside_its_quotation_marks(language: Language) -> None:
    spoken = Language.RU if language is Language.KK else Language.KK
    opening, closing = ("“", "”") if language is Language.EN else ("«", "»")
    marked = f"Емхана {text(language, f'form.mark.{spoken.value}')}"
    said = text(language, "refused.recipient_is_nobody", organisation=marked)
    assert f"{opening}Емхана{closing}{marked.removeprefix('Емхана')}" in said


def test_a_weekday_has_no_brackets_within_brackets() -> None:
    """Wherever a Russian sentence puts a date into brackets; elsewhere it keeps its own."""
    day = say_date(Language.RU, date(2027, 5, 30))
    assert day == "30 мая 2027 г. (воскресенье)"
    for subject in subjects():
        for key, message in messages(subject, Language.RU).items():
            if isinstance(message.id, str):
                said = text(Language.RU, key, **dict.fromkeys(placeholders(str(message.string)), day))
                assert not re.search(r"\([^()]* г\. \(", said), key
    assert "(последний день – 30 мая 2027 г., воскресенье)" in text(
        Language.RU, "letter.link_until.shared", date=day
    )
