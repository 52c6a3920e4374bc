"""Which code this is: the release, and a fingerprint of the sources by which histories are replayed."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from models.vocabulary.version import VERSION, CodeVersion

_ROOT: Final = Path(__file__).parents[2]
_LAYERS: Final = ("models", "workflows")
_AT_AN_EDGE: Final = ("models/settings/", "models/tables/")
"""Columns and settings: what is replayed does not read them."""


@lru_cache
def code_version() -> CodeVersion:
    """The code that runs here."""
    digest = hashlib.sha256()
    for name, source in sources(_ROOT):
        digest.update(f"{name}\0{len(source)}\0".encode() + source)
    return CodeVersion(version=VERSION, fingerprint=digest.hexdigest())


def sources(root: Path) -> Iterator[tuple[str, bytes]]:
    """The workflows and the pure models they rest on, by name."""
    files = sorted(file for layer in _LAYERS for file in (root / layer).rglob("*.py"))
    for file in files:
        name = file.relative_to(root).as_posix()
        if not name.startswith(_AT_AN_EDGE):
            yield name, file.read_bytes()
