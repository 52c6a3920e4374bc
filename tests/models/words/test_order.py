"""Lists go by the alphabet of their reader."""

import random

from models.vocabulary.procedure import Language
from models.words.order import KAZAKH, RUSSIAN, order_key


def ordered(names: list[str], language: Language) -> list[str]:
    shuffled = random.Random(192).sample(names, len(names))
    return sorted(shuffled, key=lambda name: order_key(name, language))


def test_kazakh_names_go_by_the_kazakh_alphabet() -> None:
    names = [
        "Ақпарат",
        "Әділет",
        "Білім",
        "Ғылым",
        "Денсаулық",
        "Қаржы",
        "Ұлттық",
        "Үкімет",
        "Іс басқармасы",
        "Энергетика",
    ]
    assert ordered(names, Language.KK) == names
    assert ordered(list(KAZAKH), Language.KK) == list(KAZAKH)


def test_russian_names_go_by_the_russian_alphabet() -> None:
    names = ["Ежедневник", "Ёлки", "Жильё", "Йод", "Юстиция", "Яблоки"]
    assert ordered(names, Language.RU) == names
    assert ordered(list(RUSSIAN), Language.RU) == list(RUSSIAN)
    assert [letter for letter in KAZAKH if letter in RUSSIAN] == list(RUSSIAN)


def test_quotes_cases_and_invisible_marks_have_no_place() -> None:
    names = ["«Адал» қоры", "Әділ сатып алу", "\u00ad“Әлем” қоры", '"әрекет" бірлестігі', "Білім"]
    assert ordered(names, Language.KK) == names


def test_numbers_go_by_size_and_before_letters() -> None:
    names = ["№ 2 емхана", "№ 10 емхана", "Емхана № 2", "Емхана № 10"]
    for language in Language:
        assert ordered(names, language) == names


def test_the_readers_own_letters_come_first() -> None:
    assert ordered(["Акимат", "Zhasyl"], Language.RU) == ["Акимат", "Zhasyl"]
    assert ordered(["Акимат", "Zhasyl", "Ауыл"], Language.EN) == ["Zhasyl", "Акимат", "Ауыл"]


def test_a_shorter_name_comes_first_and_equal_ones_keep_one_order() -> None:
    names = ["Білім", "білім", "Білім басқармасы", "Білімдар"]
    assert ordered(names, Language.KK) == names
