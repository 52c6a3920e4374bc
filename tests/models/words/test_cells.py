"""Nothing that people type computes in a spreadsheet, however it is cut into cells."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.words.cells import guarded, unguarded

FORMULA = re.compile(r"[\s\"'«“]*?[=+\-@＝＋－＠]")


@pytest.mark.parametrize("separator", ";,\t\n\r|")
@pytest.mark.parametrize("mark", "=+-@＝＋－＠")
def test_no_cell_begins_like_a_formula_whatever_parts_the_cells(separator: str, mark: str) -> None:
    for text in (f"Жауап{separator}{mark}2+2{separator}соңы", f"{mark}1", f'а{separator} "{mark}1'):
        cells = guarded(text).split(separator)
        assert not [cell for cell in cells if re.match(rf"[\s\"]*{re.escape(mark)}", cell)], text


def test_what_begins_like_no_formula_stays_as_it_is() -> None:
    for text in ("Сатып алу - 2026", "2026-UO-0001; 12-бап", "a@example.kz", "мектеп-лицей"):
        assert guarded(text) == text


@settings(deadline=None)
@given(st.text(alphabet="а1=+-@;,\t\n '\"", max_size=30))
def test_a_guard_comes_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
