"""Every refusal of `models/` has its sentence in three languages, and no sentence is without a refusal."""

from functools import reduce
from string import Formatter

import pytest

from locales.catalogue import LOCALES, read_catalogue, text
from models.vocabulary.procedure import Language
from tests.models.monitoring.rules.citations import Raised, raised_refusals

FILE = "refusals.po"
PREFIX = "refused."
# In the same order in every process: the words of a set are not, and the two that run the tests would differ.
RAISED = sorted(raised_refusals(), key=lambda raised: (raised.code, raised.where))
CODES = sorted({raised.code for raised in RAISED})
# Filled for certain wherever the code is raised.
PARAMS = {
    code: reduce(frozenset.intersection, [raised.params for raised in RAISED if raised.code == code])
    for code in CODES
}


def sentences(language: Language) -> dict[str, str]:
    catalogue = read_catalogue(LOCALES / language.value / FILE, language)
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}


@pytest.mark.parametrize("language", Language)
def test_refusals_and_sentences_are_the_same_set(language: Language) -> None:
    keys = set(sentences(language))
    raised = {PREFIX + code for code in CODES}
    assert raised - keys == set(), f"write these sentences in locales/{language.value}/{FILE}"
    assert keys - raised == set(), f"nothing refuses with these; take them out of {FILE}"


@pytest.mark.parametrize("language", Language)
def test_each_sentence_says_what_the_refusal_can_fill_in(language: Language) -> None:
    for key, sentence in sentences(language).items():
        unknown = placeholders(sentence) - PARAMS[key.removeprefix(PREFIX)]
        assert not unknown, f"{language.value} {key}: {unknown} is not a parameter wherever it is raised"


def test_the_three_languages_say_the_same_facts() -> None:
    for key, sentence in sentences(Language.KK).items():
        others = [sentences(language)[key] for language in (Language.RU, Language.EN)]
        assert [placeholders(other) for other in others] == [placeholders(sentence)] * 2, key


@pytest.mark.parametrize("language", Language)
def test_each_sentence_is_one_and_reads_to_its_end(language: Language) -> None:
    for key, sentence in sentences(language).items():
        assert sentence[-1] in ".?!", f"{language.value} {key}: a sentence ends with a full stop"
        assert sentence == sentence.strip()


@pytest.mark.parametrize("raised", RAISED, ids=lambda raised: f"{raised.code}-{raised.where}")
def test_the_loader_finds_and_fills_each_sentence(raised: Raised) -> None:
    given = dict.fromkeys(raised.params, "7")
    for language in Language:
        assert "{" not in text(language, PREFIX + raised.code, **given)
