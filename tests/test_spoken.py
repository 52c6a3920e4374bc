"""What was typed in one language only is marked for readers of another one."""

import pytest

from locales.spoken import marked, spoken_in, wording_said
from locales.standings import standing_of_many, standing_said
from models.monitoring.follow_up import ItemStanding
from models.report.content import Wording
from models.vocabulary.procedure import Language, Response


@pytest.mark.parametrize(
    ("words", "spoken"),
    [
        ("Үлгі сатып алу порталы", Language.KK),
        ("Сарыжайлау облысы", Language.KK),
        ("Төраға", Language.KK),
        ("Емхананың құрылтайшысы", Language.KK),
        ("Управление здравоохранения", Language.RU),
        ("Сарыжайлауская область", Language.RU),
        ("г. Астана, ул. Мира, 1", Language.RU),
        ("Председатель", Language.RU),
        ("Астана, 1", None),
        ("Портал", None),
        ("тенге", None),
        ("https://example.kz/a", None),
        ("", None),
    ],
)
def test_the_language_of_a_few_words_is_told_where_it_is_certain(words: str, spoken: Language | None) -> None:
    assert spoken_in(words) is spoken


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.KK, "Төраға"),
        (Language.RU, "Төраға [на казахском]"),
        (Language.EN, "Төраға [in Kazakh]"),
    ],
)
def test_readers_of_another_language_are_told_the_language(language: Language, said: str) -> None:
    assert marked(language, "Төраға") == said


def test_a_wording_that_lacks_the_reader_s_language_is_marked() -> None:
    assert wording_said(Language.RU, Wording(kk="Тізім", ru="Список")) == "Список"
    assert wording_said(Language.RU, Wording(kk="Тізім")) == "Тізім [на казахском]"
    assert wording_said(Language.RU, Wording()) == ""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.KK, "ішінара қабылданды, орындалуы туралы хабар жоқ"),
        (Language.RU, "частично принято, об исполнении не сообщено"),
        (Language.EN, "partly accepted, not yet reported"),
    ],
)
def test_what_was_accepted_in_part_is_not_said_to_be_accepted(language: Language, said: str) -> None:
    assert standing_said(language, ItemStanding.AWAITED, Response.PARTLY) == said
    for standing in ItemStanding:
        assert standing_said(language, standing, Response.ACCEPTED) != said
        in_part = standing_said(language, standing, Response.PARTLY)
        assert in_part.startswith(standing_said(language, ItemStanding.NOT_FOLLOWED, Response.PARTLY))


@pytest.mark.parametrize("language", Language)
def test_a_figure_of_accepted_items_says_that_those_in_part_are_among_them(language: Language) -> None:
    accepted = {ItemStanding.AWAITED, ItemStanding.NOT_FOLLOWED}
    for standing in ItemStanding:
        many, alone = standing_of_many(language, standing), standing_said(language, standing, None)
        assert (many != alone) is (standing in accepted)
    in_part = {Language.KK: "ішінара", Language.RU: "частично", Language.EN: "in part"}[language]
    assert all(in_part in standing_of_many(language, standing) for standing in accepted)
