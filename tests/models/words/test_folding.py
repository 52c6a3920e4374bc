"""What a reader cannot tell apart is one."""

import pytest

from models.words.folding import folded, same, unmarked, words_in


@pytest.mark.parametrize("dash", "-‐‑‒–—―−﹣－")
def test_a_number_is_parted_by_whichever_dash(dash: str) -> None:
    assert words_in(f"№2026{dash}UO{dash}0001") == words_in("2026-UO-0001") == ("2026", "uо", "0001")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("тексерiс", "тексеріс"),  # a Latin i
        ("Bедомство", "Ведомство"),  # a Latin B stands for what it looks like, В
        ("UО", "UO"),  # a Cyrillic О
        ("тек\u00adсеріс", "тексеріс"),
        ("тек\u200bсе\u2060ріс", "тексеріс"),
        ("ОТЧЁТ", "отчет"),
        ("отче\u0301т", "отчет"),
        ("и\u0306од", "йод"),
    ],
)
def test_letters_that_look_alike_and_marks_that_do_not_show_part_nothing(typed: str, meant: str) -> None:
    assert folded(typed) == folded(meant)


def test_a_letter_keeps_the_mark_that_makes_it_another() -> None:
    assert unmarked("йод") == "йод"
    assert folded("қала") != folded("кала")


def test_texts_are_the_same_for_whoever_reads_them() -> None:
    assert same("Мек\u00adтептер  мен\nбалабақшалар", "мектептер мен балабақшалар")
    assert not same("мектептер", "мектеп")
