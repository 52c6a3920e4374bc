"""Letters about joint conduct say what holds; no paragraph is cited for what it does not say (0030)."""

import pytest

from locales.catalogue import text
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language

KINDS = (LetterKind.CONDUCT_REQUEST, LetterKind.CONDUCT_ON_LEADS_WORD)
SAID = ("subject", "ask", "button", "if_silent")
LEADS_WORD = {Language.KK: "жетекші ұйымның сөзі", Language.RU: "со слов ведущей", Language.EN: "lead’s word"}
RULE_2 = {Language.KK: "2-тармағ", Language.RU: "пункт 2 ", Language.EN: "rule 2"}
DECLINING = {Language.KK: "бас тарт", Language.RU: "отказаться", Language.EN: "declin"}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", KINDS)
def test_rule_2_is_not_cited_for_a_consent_of_which_it_says_nothing(
    kind: LetterKind, language: Language
) -> None:
    whole = " ".join(text(language, f"letter.{kind.value}.{part}", number="1") for part in SAID)
    assert RULE_2[language] not in whole
    assert LEADS_WORD[language] in whole, "by whose word the report may name the body"
    assert DECLINING[language] in whole, "that it may decline"


@pytest.mark.parametrize("language", Language)
def test_an_extended_term_is_told_by_what_the_original_one_rests_on(language: Language) -> None:
    said = text(language, "letter.basis.extended", reference="X")
    original = {Language.KK: "Бастапқы мерзім", Language.RU: "первоначального срока", Language.EN: "original"}
    assert original[language] in said
