"""By which words a text is found, before any database."""

from models.words.finding import MOST_SOUGHT, MOST_WORDS, lexemes, russian_words, sought, texts_of


def finds(typed: str, text: str) -> bool:
    """As the database judges, but for the stems of Russian, which are its own."""
    kept = set(lexemes((text,)))
    return all(
        (word.begins in kept if word.whole else any(each.startswith(word.begins) for each in kept))
        or kept & set(word.marked)
        for word in sought(typed)
    )


def test_numbers_are_found_by_any_part_and_with_any_dash() -> None:
    for typed in (
        "2026-UO-0001",
        "2026–UO–0001",
        "№ 2026-UО-0001.",
        "UO-0001",
        "0001",
        "uo",
        "1",
        "2026UO0001",
    ):
        assert finds(typed, "2026-UO-0001"), typed
    assert not finds("2026-UO-0002", "2026-UO-0001")
    assert not finds("2", "0001")
    assert finds("2", "№2 емхана")
    assert not finds("2026-SARY-0002", "2026-SARY-0001 «№2 емхана»")


def test_kazakh_by_stems_english_by_beginnings() -> None:
    assert finds("әкімдік", "Аудан әкімдігіндегі сатып алу")
    assert finds("әкімдігіндегі сатып", "Сатып алу, аудан әкімдіктері")
    assert finds("procure", "Public procurement")
    assert not finds("procurement", "Public")


def test_little_words_do_not_hide_what_is_looked_for() -> None:
    assert finds("білім және ғылым", "Ғылым мен білім")
    assert [word.begins for word in sought("және")] == ["және"]
    assert sought(" —«»! ") == ()


def test_what_is_looked_for_and_kept_is_bounded() -> None:
    assert len(sought(" ".join(f"сөз{letter}" for letter in "абвгдежзиклмнопр"))) == MOST_SOUGHT
    assert len(lexemes([" ".join(map(str, range(100_000, 130_000))), "тағы"])) == 2 * MOST_WORDS


def test_russian_stems_are_asked_of_words_that_may_be_russian() -> None:
    assert russian_words(("Проверки школ", "мектептің тексеруі", "report")) == "проверки школ"
    assert [word.russian for word in sought("проверок мектептің")] == [("проверок", "проверка"), ()]


def test_texts_of_some_content_are_its_wordings_without_what_is_withheld() -> None:
    content = {
        "findings": [{"id": "f1", "text": {"kk": "мәселе", "ru": "проблема", "en": ""}}],
        "sources": [{"title": {"kk": "құпия", "ru": "", "en": ""}}],
        "draft": {"conductors": [{"name": {"kk": "аты", "ru": "", "en": ""}}], "started_on": None},
    }
    assert [text for text in texts_of(content) if text] == ["мәселе", "проблема"]


def test_one_letter_is_looked_for_as_a_word_beside_others_and_is_none_alone() -> None:
    """By what begins with it nearly everything would be found, as if nothing had been asked."""
    for typed in ("<b>%", "б", "b & b", "в"):
        assert sought(typed) == (), typed
    assert finds("class B", "Class B licences")
    assert not finds("class B", "Class books")
    assert finds("2", "2026-UO-0001"), "a digit begins numbers"
