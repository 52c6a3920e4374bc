"""What documents and docstrings name is there: files, modules and what is in them, other documents."""

import ast
import importlib
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from pydantic import BaseModel

from tests.test_house_rules import FILES, ROOT, name_of

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
SAYING = [*DOCUMENTS, *(path for path in FILES if path != Path(__file__))]
LAYERS = "models|workflows|activities|api|local|locales|tests|benchmarks"
# `models/agenda/deadline.py`, `locales/*/letters.po`, `tests/replay`; an address begins with a slash.
PATH = re.compile(rf"(?<![\w/.{{$-])(?:{LAYERS}|docs|samples|migrations|docker)/[\w*][\w./*-]*")
# `verify.py`: a file that is named without its folder lies at the root, or beside.
BARE = re.compile(r"`([\w-]+\.(?:py|toml|yml|ini))`")
# `models.agenda.deadline:Basis`, `python -m api.tokens_cli`, `models.settings`.
MODULE = re.compile(rf"(?<![\w./@-])(?:{LAYERS})(?:\.[a-zA-Z_]\w*)+(?::[\w.]+)?")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
CITED = re.compile(r"[\w./-]+\.md\b")
SECTION = re.compile(r"(?<!RFC \d{4} )§ ?\d")


def said(path: Path) -> str:
    """What a file tells its reader: all of a document; of a program its docstrings and comments."""
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    strings = [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, documented)]
    with path.open("rb") as file:
        comments = [each.string for each in tokenize.tokenize(file.readline) if each.type == tokenize.COMMENT]
    return "\n".join([*strings, *comments])


def missing(path: Path) -> Iterator[str]:
    """The names in a file behind which there is nothing."""
    text = said(path)
    yield from (name for name in map(_whole, PATH.findall(text)) if not _is_there(name))
    bare = (name for name in BARE.findall(text) if not (path.parent / name).exists())
    yield from (name for name in bare if not _is_there(name))
    yield from (name for name in MODULE.findall(text) if not _is_defined(name))
    if path.suffix == ".md":
        yield from (name for name in LINK.findall(text) if not (path.parent / name).exists())


def _whole(name: str) -> str:
    """Without the full stop of its sentence."""
    return name.rstrip(".")


def _is_there(name: str) -> bool:
    return next(ROOT.glob(name.rstrip("/")), None) is not None


@cache
def _is_defined(name: str) -> bool:
    """Whether `package.module`, `package.module.Name` or `package.module:Name.attribute` can be reached."""
    module, _, attributes = name.partition(":")
    rest = attributes.split(".") if attributes else []
    while not _is_module(module):
        module, _, last = module.rpartition(".")
        rest.insert(0, last)
    found: object = importlib.import_module(module) if rest else None
    for attribute in rest:
        if isinstance(found, type) and issubclass(found, BaseModel) and attribute in found.model_fields:
            return True
        if not hasattr(found, attribute):
            return False
        found = getattr(found, attribute)
    return True


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # what it would lie in is a module
        return False


@pytest.mark.parametrize("path", SAYING, ids=name_of)
def test_what_is_named_exists(path: Path) -> None:
    gone = sorted(set(missing(path)))
    assert not gone, (
        f"{name_of(path)} names {gone}, which is not there. Say where it is now, as a path from the root of "
        "the repository or as package.module:name; an address of the API begins with a slash."
    )


@pytest.mark.parametrize("path", SAYING, ids=name_of)
def test_what_is_cited_can_be_read_here(path: Path) -> None:
    text = said(path)
    beside = (ROOT, ROOT / "docs", path.parent)
    absent = [name for name in CITED.findall(text) if not any((place / name).exists() for place in beside)]
    absent += SECTION.findall(text)
    assert not absent, (
        f"{name_of(path)} cites {absent}: a reader has this repository only. Bring what it says into docs/ "
        "and cite that document by its path, a part of it by its heading."
    )
