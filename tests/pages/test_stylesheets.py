"""Sheets are laid over one another on a page: what one hides on a screen must not be another's."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

STATIC: Final = Path(__file__).parents[2] / "api" / "pages" / "static"
SHEETS: Final = {path.name: path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.css"))}
_CLASS: Final = re.compile(r"\.([a-zA-Z][\w-]*)")
_PRINT: Final = re.compile(r"@media print \{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")


def selectors(sheet: str, *, hiding: bool = False) -> Iterator[str]:
    """Each selector for a screen; of rules that hide, if asked so."""
    plain = _PRINT.sub("", re.sub(r"/\*.*?\*/", "", sheet, flags=re.S))
    for heads, body in _RULE.findall(plain):
        if not hiding or re.search(r"display:\s*none|visibility:\s*hidden", body):
            yield from (head.strip() for head in re.split(r",(?![^()]*\))", heads))


def hidden(sheet: str) -> set[str]:
    """Classes whose own element is hidden, not something inside it."""
    last = (re.sub(r"\([^()]*\)", "", one).split()[-1] for one in selectors(sheet, hiding=True))
    return {name for one in last for name in _CLASS.findall(one)}


def named(sheet: str) -> set[str]:
    return {name for one in selectors(sheet) for name in _CLASS.findall(one)}


@pytest.mark.parametrize("name", SHEETS)
def test_what_a_sheet_hides_on_a_screen_is_a_class_of_its_own(name: str) -> None:
    others = {other: named(sheet) for other, sheet in SHEETS.items() if other != name}
    clashes = {other: names & hidden(SHEETS[name]) for other, names in others.items()}
    assert {other: names for other, names in clashes.items() if names} == {}


def test_the_figures_of_a_report_are_hidden_by_no_sheet() -> None:
    assert "stacked" in named(SHEETS["site.css"]), "the class of the report's tables"
    assert [name for name, sheet in SHEETS.items() if "stacked" in hidden(sheet)] == []
