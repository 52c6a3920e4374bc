"""The journal is a chain: each line carries the hash of the one before, so that a changed line shows."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from models.events import Entry
from models.vocabulary.base import Model
from models.vocabulary.procedure import Sha256

BEGINNING = "0" * 64
_CYRILLIC: Final = str.maketrans("асе", "ace")
SHOWN: Final = 16  # digits of a hash where people compare by eye: 64 bits


class Head(Model):
    """The end of the chain: the number of the last line and its hash."""

    seq: int
    hash: Sha256

    @property
    def short(self) -> str:
        """As it is printed in letters: `57:0123456789abcdef`."""
        return f"{self.seq}:{self.hash[:SHOWN]}"

    @property
    def whole(self) -> str:
        return f"{self.seq}:{self.hash}"


class PrintedHead(Model):
    """A head as somebody copied it from a letter or a page; `digits` are the first ones of the hash."""

    seq: int
    digits: str


def read_head(text: str) -> PrintedHead | None:
    """A printed head, at least as long as letters show it; None for anything else."""
    printed = rf"\s*([1-9]\d{{0,8}})\s*:\s*([0-9a-f]{{{SHOWN},64}})[\s.,;]*"
    found = re.fullmatch(printed, _typed(text), re.ASCII)
    return PrintedHead(seq=int(found[1]), digits=found[2]) if found else None


def _typed(text: str) -> str:
    """As it is printed: without marks that do not show, the letters of either script that look the same."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return seen.lower().translate(_CYRILLIC)


def entry_hash(previous: str, workflow_id: str, entry: Entry) -> str:
    """SHA-256 over the hash before, the workflow's id and the entry in canonical JSON (sorted, no spaces)."""
    return line_hash(previous, workflow_id, entry.model_dump(mode="json"))


def line_hash(previous: str, workflow_id: str, entry: Mapping[str, object]) -> str:
    """The same over an entry as it was written: read anew, an old one would show fields that came later."""
    line = json.dumps(
        {"previous": previous, "workflow": workflow_id, "entry": entry},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(line.encode()).hexdigest()
