"""The document of figures: every sheet with when, where and by which command it was measured.

A run that measured some of them replaces these and leaves the others as they are, each with its own line.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.sheets import Sheet, markdown

TITLE: Final = "# Benchmarks"
INTRODUCTION: Final = """\
What the product costs beside what lies under it, measured by the programs in `benchmarks/` and written by
them: `make bench BENCH="--write"`. Each table says on which day, on what machine and by which command it
came about. Columns are builds, the earliest first, and floors that did the same work in the same run. CPU
is seconds of a core, whole process families, as the kernel counts them. Figures of different runs say
little of each other: a virtual machine's speed drifts."""
HEADING: Final = re.compile(r"^## (.+)$", re.MULTILINE)


def sections(document: str) -> dict[str, str]:
    """What stands under each heading, without it."""
    parts = HEADING.split(document)[1:]
    return {title: body.strip() for title, body in zip(parts[::2], parts[1::2], strict=True)}


def section(sheet: Sheet, measured: str) -> str:
    """One table with where it comes from."""
    return f"{measured}\n\n{markdown(sheet)}"


def written_anew(before: str, fresh: Sequence[Sheet], measured: str) -> str:
    """The document with the fresh sheets in it: known ones where they stood, others behind them."""
    whole = sections(before) | {sheet.title: section(sheet, measured) for sheet in fresh}
    body = "\n\n".join(f"## {title}\n\n{text}" for title, text in whole.items())
    return f"{TITLE}\n\n{INTRODUCTION}\n\n{body}\n"


def write(path: Path, fresh: Sequence[Sheet], measured: str) -> None:
    """Bring the file up to date."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(written_anew(before, fresh, measured), encoding="utf-8")
