"""`docs/glossary.md` knows every enumeration of the vocabulary, and each word where it is defined."""

import ast
import re
from pathlib import Path

import pytest

from tests.test_catalogues import VOCABULARIES, vocabulary

ROOT = Path(__file__).parents[1]
ENUMERATIONS = {"StrEnum", "IntEnum"}
GLOSSARY = ROOT / "docs" / "glossary.md"
ROW = re.compile(
    r"^\| (?P<kk>[^|]+) \| (?P<ru>[^|]+) \| (?P<en>[^|]+) \| `(?P<name>\w+)` \| `(?P<file>[\w/.]+)` \|$"
)


def rows() -> list[re.Match[str]]:
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if line.startswith("| ") and "| class |" not in line]
    found = [ROW.match(line) for line in told]
    assert None not in found, f"write each row as kk, ru, en, class, file: {told[found.index(None)]}"
    return [row for row in found if row]


ROWS = rows()


def defined(file: Path) -> set[str]:
    """Classes and names that a module defines itself."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    names = {node.name for node in body if isinstance(node, ast.ClassDef)}
    return names | {ast.unparse(node.targets[0]) for node in body if isinstance(node, ast.Assign)}


def enumerations() -> dict[str, str]:
    """Enumerations of `models/vocabulary`, and those whose values have terms: name → file."""
    found = {
        node.name: path.relative_to(ROOT).as_posix()
        for path in (ROOT / "models" / "vocabulary").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
        and {ast.unparse(base) for base in node.bases} & {"StrEnum", "IntEnum"}
    }
    for module in VOCABULARIES:
        found |= {each.__name__: f"{module.__name__.replace('.', '/')}.py" for each in vocabulary(module)}
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_a_word_is_defined_where_the_glossary_says(row: re.Match[str]) -> None:
    file = ROOT / row["file"]
    assert file.exists(), f"{row['name']}: there is no {row['file']}; say where it is now"
    assert row["name"] in defined(file), f"{row['file']} defines no {row['name']}; say where it is now"


@pytest.mark.parametrize("name", sorted(enumerations()))
def test_every_enumeration_of_the_vocabulary_is_in_the_glossary(name: str) -> None:
    told = {row["name"]: row["file"] for row in ROWS}
    assert told.get(name) == enumerations()[name], (
        f"give {name} a row in docs/glossary.md: its term in kk, ru and en, and {enumerations()[name]}"
    )


def test_one_word_has_one_row() -> None:
    names = [row["name"] for row in ROWS]
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})
