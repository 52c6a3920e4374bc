"""`docs/rules.md` tells the truth: what it names exists, and no cited paragraph is missing."""

import ast
import importlib
import re
from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel

from tests.models.monitoring.rules.citations import cited_rules

ROOT = Path(__file__).parents[1]
PARAGRAPHS = [
    *(f"O{n}" for n in range(1, 5)),
    *(str(n) for n in range(1, 22)),
    "annex",
    *(f"A{n}" for n in range(1, 13)),
]


def rows() -> dict[str, tuple[str, str, str]]:
    """Paragraph → requirement, code, tests, as written in the table."""
    found: dict[str, tuple[str, str, str]] = {}
    for line in (ROOT / "docs" / "rules.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "Paragraph":
            paragraph, requirement, code, tests = cells
            assert paragraph not in found, f"{paragraph} has two rows"
            found[paragraph] = (requirement, code, tests)
    return found


ROWS = rows()
CODE = [(p, name) for p, (_, code, _) in ROWS.items() for name in re.findall(r"`([^`]+)`", code)]
TESTS = [(p, name) for p, (_, _, tests) in ROWS.items() for name in re.findall(r"`([^`]+)`", tests)]


@cache
def defined_tests() -> dict[str, str]:
    """Test function → its source, over the whole suite."""
    return {
        node.name: ast.unparse(node)
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def test_every_paragraph_is_there_in_its_order() -> None:
    assert list(ROWS) == PARAGRAPHS


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_every_paragraph_says_what_it_asks_for_where_it_is_done_and_what_proves_it(paragraph: str) -> None:
    requirement, _, _ = ROWS[paragraph]
    assert requirement
    assert [name for p, name in CODE if p == paragraph], f"{paragraph}: name the code"
    assert [name for p, name in TESTS if p == paragraph], f"{paragraph}: name a test"


@pytest.mark.parametrize(("paragraph", "name"), CODE)
def test_the_code_it_names_exists(paragraph: str, name: str) -> None:
    module, _, path = name.partition(":")
    assert path, f"{paragraph}: write {name} as module:name"
    owner, *rest = path.split(".")
    found = getattr(importlib.import_module(module), owner)
    for attribute in rest:
        fields = isinstance(found, type) and issubclass(found, BaseModel) and attribute in found.model_fields
        assert fields or hasattr(found, attribute), f"{paragraph}: {name} does not exist"


@pytest.mark.parametrize(("paragraph", "name"), TESTS)
def test_the_test_it_names_exists(paragraph: str, name: str) -> None:
    assert name in defined_tests(), f"{paragraph}: there is no test {name}"


@pytest.mark.parametrize("rule", sorted(cited_rules()))
def test_every_paragraph_that_a_refusal_cites_is_in_the_table(rule: str) -> None:
    assert rule.split(".", maxsplit=1)[0] in ROWS, f"a refusal cites {rule}; give it a row in docs/rules.md"


@pytest.mark.parametrize("number", range(1, 22))
def test_every_paragraph_has_a_test_that_bears_its_number(number: int) -> None:
    mark = re.compile(rf"rules?_(\d\d?_)*(and_)?0?{number}(_|$)")
    assert any(mark.search(name) for name in defined_tests()), f"no test is named after rule {number:02}"


@pytest.mark.parametrize("number", range(1, 16))
def test_every_minimal_negative_test_is_there(number: int) -> None:
    assert any(name.startswith(f"test_n{number:02}_") for name in defined_tests())


def test_the_annex_and_every_open_reading_have_tests_that_bear_their_name() -> None:
    marks = ["annex", *(f"a{n}" for n in range(1, 13))]
    assert [m for m in marks if not any(name.startswith(f"test_{m}_") for name in defined_tests())] == []
