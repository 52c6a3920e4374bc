"""Every text exists in Kazakh, Russian and English, with the same placeholders and all plural forms."""

import re
from datetime import date
from enum import Enum
from inspect import getmembers, isclass
from types import ModuleType

import pytest

from locales.catalogue import LOCALES, DoubleText, MissingText, plural, read_catalogue, text
from locales.dates import say_date
from locales.subjects import FILES, file_of
from locales.terms import term_key
from models.agenda import deadline as agenda
from models.agenda.deadline import AgendaRefusal, BasisKind
from models.calendar import day as calendar_day
from models.calendar import explained as calendar_explained
from models.calendar.explained import CalendarCountRefusal
from models.letters import post
from models.letters.row import FactName
from models.mail import sorts
from models.monitoring import follow_up, open_work
from models.vocabulary import (
    disclosures,
    editions,
    file_schedules,
    letters,
    personal_data,
    procedure,
    retention,
    scopes,
    signatures,
    stores,
    webhooks,
)
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Activity, Facet, ItemKind, Language, SourceKind, Task
from tests.catalogue_checks import forms, messages, missing, placeholders, subjects

PLURAL_FORMS = {Language.KK: 2, Language.RU: 3, Language.EN: 2}

VOCABULARIES: tuple[ModuleType, ...] = (
    agenda,
    calendar_day,
    calendar_explained,
    disclosures,
    editions,
    file_schedules,
    follow_up,
    letters,
    personal_data,
    post,
    sorts,
    procedure,
    open_work,
    retention,
    scopes,
    signatures,
    stores,
    webhooks,
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


# Bodies come by any name, of any gender: a Russian sentence that begins with one goes on without one.
GENDERED = re.compile(
    r"(?:^|[.;:,] (?:поэтому |но )?)"
    r"«?\{(?:organisation|addressee|holder|who|body|conductor|council|successor)\}»?"
    r"(?: [а-яё]+)*? (?:сама?|(?!органа)[а-яё]+(?:ла|лась|лся|ал|ил|ел|ана|ена|ята))(?![а-яё])"
)


def test_no_gender_is_given_to_a_body() -> None:
    assert GENDERED.search("«{organisation}» не подтвердила участие."), "what is looked for is found"
    found = [
        f"{subject}: {key}: {form!r}"
        for subject in subjects()
        for key, message in messages(subject, Language.RU).items()
        for form in forms(message)
        if GENDERED.search(form)
    ]
    assert found == []


OWN_BODY = {
    Language.KK: r"(?i)сіздің ұйым|ұйымыңыз",
    Language.RU: r"(?i)ваш[а-я]* организаци",
    Language.EN: r"(?i)your organi[sz]ation",
}


@pytest.mark.parametrize("language", Language)
def test_a_reader_s_own_body_is_no_organisation_by_its_words(language: Language) -> None:
    """State bodies are written to as well. Joint conduct has words of its own."""
    found = [
        f"{subject}: {key}"
        for subject in subjects()
        for key, message in messages(subject, language).items()
        for form in forms(message)
        if re.search(OWN_BODY[language], form) and "conduct" not in key
    ]
    assert found == []


# One thing has one name: what is not said, and what is said in its place.
OTHER_NAMES = {
    Language.KK: {
        r"(?i)түйме": "батырма",
        r"(?i)есептік жазба": "тіркелгі",
        r"(?i)(?<!\w)форма(?!т)": "нысан",
        r"(?i)үрдіс": "процесс",
        r"(?i)мұрагер": "құқықтық мирасқор",
        r"(?i)^(?!.*; ).*дереккөз": "ақпарат көзі (7-тармақ); headings of tables may say otherwise",
        r"(?i)(?<!\w)ереже(?!лер)": "Қағидалар",
        r"(?i)(?<!\w)шолу": "қарау, қарау кезеңі (18-тармақ)",
        r"(?i)тұрақты (?!негізде|мекенжай)": "тұрақты негізде (13, 18-тармақтар)",
        r"(?i)табыс ет": "тапсыру",
        r"(?i)(?<!\w)жөнелт": "жіберу",
        r"(?i)токен[^.]* әкімші|жүйе әкімші": "жүйе операторы",
        r"(?<!\w)сіз(ге|дің|ді|ден|дегі|бен)?(?!\w)": "Сіз",
        r"№[{\d]": "№ and a space",
        r"№ ?\{version\} нұсқа": "{version}-нұсқа",
        r"\{\w+\} дейін": "{date} күніне дейін",
        r"\{limit\} аспай": "көлемі {limit}-тан аспайтын",
        r"\{\w+\}-і(?!\w)": "no ending that fits some numbers only",
        r"Кезеңнің №": "Кезең нөмірі",
        r"қауіпте": "мерзімінде жүргізілмей қалуы мүмкін",
        r"жариялауға сұрау": "жариялау туралы өтініш",
        r"деңгейін қабылдау": "түйсінуі (6-тармақ), түсінуі (10-тармақ)",
    },
    Language.RU: {
        r"(?<!\w)(вы|вам|вас|вами|ваш\w*)(?!\w)": "Вы",
        r"на регулярной основе": "на постоянной основе",
        r"№[{\d]": "№ and a space",
        r"Член вышел": "Член группы вышел из состава",
        r"(?i)аккаунт": "учётная запись",
        r"(?i)по результатам антикоррупционного": "по итогам (пункты 15, 17, 18)",
        r"«нет ответа»": "«ответа нет»",
        r"(?i)токен[^.]* администратор|администратор\w* системы": "оператор системы",
    },
    Language.EN: {
        r"No\.[{\d]": "No. and a space",
        r"“no reply”": "“no answer”",
        r"(?i)token[^.]* administrator|system's administrator": "the system's operator",
    },
}


@pytest.mark.parametrize("language", Language)
def test_one_thing_has_one_name(language: Language) -> None:
    found = [
        f"{subject}: {key}: {form!r}, say {better}"
        for subject in subjects()
        for key, message in messages(subject, language).items()
        for form in forms(message)
        for other, better in OTHER_NAMES[language].items()
        if re.search(other, form)
    ]
    assert found == []


def test_pages_name_a_version_as_its_language_does() -> None:
    """«1-нұсқа», not «Нұсқа 1»: the number has its place in the text."""
    beside = re.compile(r"version'\) }} {{")
    pages = (LOCALES.parent / "api" / "pages" / "templates").rglob("*.html")
    assert [page.name for page in pages if beside.search(page.read_text())] == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (term_key(Facet.LAW_APPLICATION), "іс-қимыл саласындағы құқық қолдану тәжірибесінің жағдайы"),
        (term_key(Facet.PUBLIC_PERCEPTION), "қоғамның сыбайлас жемқорлық деңгейін түйсінуі мен бағалауы"),
        (
            term_key(Task.PUBLIC_PERCEPTION),
            "қоғамның сыбайлас жемқорлық деңгейін түсінуі мен бағалауын талдау",
        ),
        (term_key(SourceKind(4)), "іс-қимыл мәселелері бойынша әлеуметтанушылық сұрастырулар деректері"),
        (term_key(Activity.COLLECT), "жинақтау"),
    ],
)
def test_the_order_s_own_words_are_the_terms(key: str, words: str) -> None:
    """Rules 6, 7.4, 8 and 10.3, as the Kazakh text has them."""
    assert words in text(Language.KK, key)


def test_official_letters_write_a_date_out_in_full() -> None:
    assert say_date(Language.KK, date(2026, 12, 4)) == "2026 жылғы 4 желтоқсан, жұма"


@pytest.mark.parametrize("language", [Language.KK, Language.RU])
def test_a_sentence_that_speaks_of_a_button_calls_it_as_the_button_is(language: Language) -> None:
    assert f"«{text(language, 'page.button.save')}»" in text(language, "page.desk.content.buttons_hint")


@pytest.mark.parametrize("day", [date(2027, 5, 29), date(2026, 11, 30)])
def test_a_russian_date_may_follow_a_preposition(day: date) -> None:
    """«до 29 мая 2027 г. (суббота)»: a weekday in front of it would have to be declined."""
    said = text(Language.RU, "page.long_reply.kept", date=say_date(Language.RU, day))
    assert re.search(r" до \d{1,2} [а-я]+ 202\d.г\. \([а-я]+\)\.$", said), said
