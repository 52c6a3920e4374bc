"""A number is the same however it was copied."""

import pytest

from models.words.numbers import as_printed


@pytest.mark.parametrize(
    "typed",
    [
        "2026-UO-0001",
        " № 2026-uo-0001. ",
        "№2026–UO–0001",
        "2026‑UO‑0001",  # non-breaking hyphens, as letters are set
        "2026 − UO − 0001",
        "2026-UО-0001",  # a Cyrillic О
        "«2026-UO-0001»,",
        "No. 2026-UO-0001;",
        "2026-UO-0001\u200b",
        "2026\u00adUO\u00ad0001",
        "２０２６-ＵＯ-０００１",
        "2026-UO-0001)",
        "2026 -UO- 0001\n",
    ],
)
def test_a_number_is_read_as_it_is_printed(typed: str) -> None:
    assert as_printed(typed) == "2026-UO-0001"


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("13.1–ЅАRY.", "13.1-SARY"),
        ("№ 18-uо", "18-UO"),
        ("р-2026-0003", "P-2026-0003"),
        ("2026-NO-0001", "2026-NO-0001"),
    ],
)
def test_marks_of_duties_and_of_paper_likewise(typed: str, mark: str) -> None:
    assert as_printed(typed) == mark


@pytest.mark.parametrize("typed", ["", " ", "№", "—", "…"])
def test_nothing_is_no_number(typed: str) -> None:
    assert as_printed(typed) == ""
