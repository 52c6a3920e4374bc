"""Numbers and marks as people copy them, read as they are printed: `2026-UO-0001`, `13.1-SARY`."""

import re
import unicodedata
from typing import Final

from models.words.folding import unmarked

_LATIN: Final = str.maketrans("АВЕКМНОРСТХУІЅЈ", "ABEKMHOPCTXYISJ")
_DASHES: Final = re.compile(r"\s*[-\u00ad\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d_]\s*")
_BEFORE: Final = re.compile(r"^[\W_]*(?:N(?:O|R)?[.:\s]+)?[\W_]*")
_AFTER: Final = re.compile(r"[\W_]+$")


def as_printed(typed: str) -> str:
    """The number in what somebody typed or pasted: any dash, the letters of either alphabet, in any case.

    A sign before it (№, No.), quotes around it, a full stop or spaces in it are no part of it.
    """
    plain = typed.replace("№", " ").replace("\u00ad", "-")
    plain = unmarked(unicodedata.normalize("NFKC", plain)).upper().translate(_LATIN)
    plain = _DASHES.sub("-", plain)
    plain = _AFTER.sub("", _BEFORE.sub("", plain))
    return "".join(plain.split())
