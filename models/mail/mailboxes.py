r"""One mailbox in all its spellings: what servers make of an address that is not ASCII.

Raw UTF-8, `utf-8;` with `\x{410}` (RFC 6533), octal `\320\260` (Exim), xtext `+D0+B0` (RFC 3461), punycode in
the local part (Exim, relaying to an older server) and in the domain. A check only: what belongs together is
known by our own key.
"""

import re
import unicodedata
from typing import Final

_TYPE: Final = re.compile(r"^\s*(?:rfc822|utf-8|x-[\w-]+|unknown)\s*;\s*", re.IGNORECASE)
_OCTALS: Final = re.compile(r"(?:\\[0-3][0-7]{2})+")
_POINT: Final = re.compile(r"\\x\{([0-9A-Fa-f]{1,6})\}")
_XTEXT: Final = re.compile(r"(?:\+[0-9A-F]{2})+")
_LAST_POINT: Final = 0x10FFFF


def mailbox_of(value: str) -> str:
    """An address without its type, brackets and quotes, in letters."""
    bare = _TYPE.sub("", value).strip().strip("<>").strip()
    local, at, domain = without_octals(_POINT.sub(_character, bare)).rpartition("@")
    return f"{_in_letters(local.strip(chr(34)))}{at}{_in_letters(domain)}" if at else bare


def same_mailbox(one: str, other: str) -> bool:
    """Whether two spellings name one mailbox."""
    return not _spellings(one).isdisjoint(_spellings(other))


def without_octals(text: str) -> str:
    r"""A text in which bytes stand as `\320\260`."""
    return _OCTALS.sub(
        lambda found: _bytes_read(bytes(int(each, 8) for each in found[0].split("\\")[1:])), text
    )


def _spellings(value: str) -> frozenset[str]:
    plain = mailbox_of(value)
    coded = _XTEXT.sub(lambda found: _bytes_read(bytes.fromhex(found[0].replace("+", ""))), plain)
    both = (plain, mailbox_of(_POINT.sub(_character, coded)))
    return frozenset(unicodedata.normalize("NFC", each).casefold() for each in both if each)


def _character(found: re.Match[str]) -> str:
    point = int(found[1], 16)
    return chr(point) if point <= _LAST_POINT and not 0xD800 <= point <= 0xDFFF else found[0]


def _bytes_read(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _in_letters(name: str) -> str:
    return ".".join(_label(each) for each in name.split("."))


def _label(label: str) -> str:
    if not label.lower().startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (ValueError, UnicodeError):
        return label
