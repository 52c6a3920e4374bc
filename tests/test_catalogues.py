"""Every text exists in Kazakh, Russian and English, with the same placeholders and all plural forms."""

from enum import Enum
from inspect import getmembers, isclass
from types import ModuleType

import pytest

from locales.catalogue import LOCALES, DoubleText, MissingText, plural, read_catalogue, text
from locales.subjects import FILES, file_of
from locales.terms import term_key
from models.agenda import deadline as agenda
from models.agenda.deadline import AgendaRefusal, BasisKind
from models.calendar import day as calendar_day
from models.calendar import explained as calendar_explained
from models.calendar.explained import CalendarCountRefusal
from models.letters import post
from models.letters.row import FactName
from models.monitoring import follow_up, open_work
from models.vocabulary import disclosures, editions, letters, procedure, stores
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Facet, ItemKind, Language, SourceKind, Task
from tests.catalogue_checks import forms, messages, missing, placeholders, subjects

PLURAL_FORMS = {Language.KK: 2, Language.RU: 3, Language.EN: 2}

VOCABULARIES: tuple[ModuleType, ...] = (
    agenda,
    calendar_day,
    calendar_explained,
    disclosures,
    editions,
    follow_up,
    letters,
    post,
    procedure,
    open_work,
    stores,
)
NOT_TERMS = {AgendaRefusal, CalendarCountRefusal}  # they are codes of sentences, `refused.<code>`


def vocabulary(module: ModuleType) -> list[type[Enum]]:
    """The enumerations a module defines itself."""
    own = [each for _, each in getmembers(module, isclass) if each.__module__ == module.__name__]
    return [each for each in own if issubclass(each, Enum) and each not in NOT_TERMS]


@pytest.mark.parametrize("subject", subjects())
def test_a_subject_has_the_same_keys_in_all_languages(subject: str) -> None:
    kazakh, russian, english = (set(messages(subject, language)) for language in Language)
    assert kazakh ^ russian == set()
    assert kazakh ^ english == set()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("subject", subjects())
def test_the_first_words_of_a_key_say_its_file(subject: str, language: Language) -> None:
    strangers = {key: file_of(key) for key in messages(subject, language) if file_of(key) != subject}
    assert not strangers, (
        f"locales/{language.value}/{subject}.po holds keys of other subjects: {strangers}. Move each to its "
        "file, in all three languages; for a new subject give its first word a line in locales/subjects.py."
    )


def test_every_subject_of_the_table_has_a_file() -> None:
    assert set(FILES.values()) == set(subjects()), "one subject, one file: mend locales/subjects.py"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("subject", subjects())
def test_no_text_is_empty_fuzzy_or_short_of_a_form(subject: str, language: Language) -> None:
    catalogue = read_catalogue(LOCALES / language.value / f"{subject}.po", language)
    assert catalogue.num_plurals == PLURAL_FORMS[language]
    for key, message in messages(subject, language).items():
        assert not message.fuzzy, key
        assert all(form.strip() for form in forms(message)), key
        assert len(forms(message)) == (PLURAL_FORMS[language] if message.pluralizable else 1), key


@pytest.mark.parametrize("subject", subjects())
def test_placeholders_are_the_same_in_all_languages(subject: str) -> None:
    kazakh = messages(subject, Language.KK)
    for language in Language:
        for key, message in messages(subject, language).items():
            wanted = placeholders(forms(kazakh[key])[0])
            assert {placeholders(form) for form in forms(message)} == {wanted}, f"{language.value}: {key}"


@pytest.mark.parametrize("module", VOCABULARIES, ids=lambda module: module.__name__)
def test_every_word_of_the_vocabulary_has_its_term(module: ModuleType) -> None:
    words = vocabulary(module)
    assert words
    assert missing(term_key(member) for each in words for member in each) == []


@pytest.mark.parametrize("words", [Facet, SourceKind, Task])
def test_the_kazakh_term_is_the_order_s_own_as_the_form_has_it(words: type[Enum]) -> None:
    for member in words:
        term, printed = (text(Language.KK, key) for key in (term_key(member), f"form{term_key(member)[4:]}"))
        assert term == printed[0].lower() + printed[1:], f"{term_key(member)}: write it as form.po has it"


def test_every_kind_of_letter_has_its_sentences() -> None:
    sentences = ("subject", "ask", "button", "if_silent")
    assert missing(f"letter.{kind.value}.{each}" for kind in LetterKind for each in sentences) == []
    assert missing(f"letter.fact.{name.value}" for name in FactName) == []
    assert missing(f"letter.items.{kind.value}" for kind in ItemKind) == []
    bases = set(BasisKind) - {BasisKind.EDITION}  # our own edition's terms are service terms to its readers
    assert missing(f"letter.basis.{kind.value}" for kind in bases) == []


def test_subjects_begin_with_the_number() -> None:
    for language in Language:
        for kind in LetterKind:
            assert text(language, f"letter.{kind.value}.subject", number="2026-AO-0007").startswith(
                "2026-AO-0007 · "
            )


def test_letters_say_by_law_only_of_what_is_law() -> None:
    words = {
        Language.KK: "заңда белгіленген:",
        Language.RU: "установлен законом:",
        Language.EN: "set by law:",
    }
    for language, words_of_law in words.items():
        with_law = {
            key for key, message in messages("letters", language).items() if words_of_law in forms(message)[0]
        }
        assert with_law == {"letter.basis.statutory"}


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        (Language.KK, 1, "1 ұсыныс"),
        (Language.KK, 5, "5 ұсыныс"),
        (Language.RU, 1, "1 предложение"),
        (Language.RU, 3, "3 предложения"),
        (Language.RU, 11, "11 предложений"),
        (Language.RU, 21, "21 предложение"),
        (Language.EN, 1, "1 proposal"),
        (Language.EN, 0, "0 proposals"),
    ],
)
def test_numbers_agree_with_their_words(language: Language, n: int, said: str) -> None:
    assert plural(language, "letter.items.proposal", n) == said


def test_a_missing_text_is_a_fault() -> None:
    with pytest.raises(MissingText, match=r"kk: letter\.nothing"):
        text(Language.KK, "letter.nothing")
    with pytest.raises(KeyError):
        text(Language.KK, "letter.version")
    assert issubclass(DoubleText, ValueError)


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
