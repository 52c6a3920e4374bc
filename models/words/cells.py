"""People's texts in tables: a spreadsheet shows them and computes nothing.

A text may be cut wherever a program takes one of its letters for a separator: a semicolon, a comma, a tab, a
line end. So what begins like a formula is guarded there too, not only at the beginning.
"""

import re
from typing import Final

_BEGINS: Final = r"(^|[;,|\t\r\n])([\s\"'«“]*)"
_FORMULA: Final = r"(?=[=+\-@＝＋－＠])"
_UNGUARDED: Final = re.compile(_BEGINS + _FORMULA)
_GUARDED: Final = re.compile(_BEGINS + "'" + _FORMULA)


def guarded(text: str) -> str:
    """The text with an apostrophe before whatever could be taken for a formula."""
    return _UNGUARDED.sub(r"\1\2'", text)


def unguarded(text: str) -> str:
    """What was guarded, as it was."""
    return _GUARDED.sub(r"\1\2", text)
