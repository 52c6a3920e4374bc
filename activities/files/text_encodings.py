"""In which encoding a text was written: UTF-8, UTF-16, or one byte a letter as older programs here write.

The encodings of one byte have no mark, so every text without controls is one of them; Kazakh letters tell
KZ-1048 from windows-1251, whose places they take.
"""

import codecs
from typing import Final

_CONTROLS: Final = frozenset(map(chr, (*range(9), *range(0x0E, 0x20), 0x7F)))
_OF_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_KAZAKH: Final = frozenset("ҚқҺһҰұӘәҒғҮүІіҢңӨө")


def encoding_of(content: bytes) -> str:
    """The name of its encoding (IANA); empty where it is no text."""
    if content.startswith(_OF_UTF_16):
        return "utf-16" if _is_text(content, "utf-16") else ""
    if _is_text(content, "utf-8"):
        return "utf-8"
    if not _is_text(content, "kz1048"):
        return ""
    kazakh = not _KAZAKH.isdisjoint(content.decode("kz1048"))
    return "kz-1048" if kazakh else "windows-1251"


def _is_text(content: bytes, encoding: str) -> bool:
    try:
        return _CONTROLS.isdisjoint(content.decode(encoding))
    except UnicodeDecodeError:
        return False
