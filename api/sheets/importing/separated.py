"""CSV as spreadsheets and people write it: any of the usual encodings and separators, quoted or not.

Which separator it is shows in the line of headings, whatever commas stand in the texts, or in a line `sep=;`.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from activities.files.text_encodings import encoding_of
from api.sheets.importing.limits import MOST_LINES, unreadable
from models.report.importing.columns import Headings, as_heading
from models.report.importing.table import Line, Sheet
from models.words.cells import unguarded

_SEPARATORS: Final = (";", ",", "\t")
_SAID: Final = re.compile(r"sep=(.)\r?\n")
_LOOKED_AT: Final = 20  # lines by which the separator is known
_FARTHEST: Final = 100_000  # lines, empty ones counted


def sheet_of_text(content: bytes, name: str, headings: Headings) -> Sheet:
    """The one sheet of a text. Raises Failed (422) where it is none, or a quotation never ends."""
    encoding = encoding_of(content)
    if not encoding:
        raise unreadable()
    text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    said = _SAID.match(text)
    if said is not None:
        text = text[said.end() :]
    try:
        lines = list(_lines(text, said[1] if said else _separator(text, headings)))
    except csv.Error:
        raise unreadable() from None
    width = max((len(line.cells) for line in lines), default=0)
    return Sheet(name=name, lines=tuple(lines[:MOST_LINES]), width=width, cut=len(lines) > MOST_LINES)


def _lines(text: str, separator: str) -> Iterator[Line]:
    found = 0
    for number, cells in enumerate(_rows(text, separator), 1):
        said = [unguarded(cell.replace("\r\n", "\n").strip()) for cell in cells]
        while said and not said[-1]:
            said.pop()
        if said:
            yield Line(number=number, cells=tuple(said))
            found += 1
        if found > MOST_LINES or number > _FARTHEST:
            return


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    """As spreadsheets count rows: a line end within quotation marks begins none. Raises csv.Error."""
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _separator(text: str, headings: Headings) -> str:
    """The one by which most headings are known; of equals the one that makes most columns."""
    known = frozenset().union(*headings.values())

    def by(separator: str) -> tuple[int, int]:
        best = (0, 0)
        try:
            for _, cells in zip(range(_LOOKED_AT), _rows(text, separator), strict=False):
                best = max(best, (sum(as_heading(cell) in known for cell in cells), len(cells)))
        except csv.Error:
            pass  # of another separator: quotation marks stand elsewhere
        return best

    return max(_SEPARATORS, key=by)
