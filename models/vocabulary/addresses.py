"""Letters of one alphabet in the place of another's: an address that looks like one and is another."""

import re
import unicodedata
from typing import Final

_PARTS: Final = re.compile(r"[@.+_-]")
# Cyrillic letters that a reader takes for Latin ones.
_LOOKS_LATIN: Final = frozenset("аеорсухіјѕһԁԛԝүАВЕЅКМНОРСТУХІЈҺҮ")


def misleading_letter(address: str) -> str:
    """The first letter of an address that is not of the alphabet it seems to be of; empty where none is.

    Addresses may be written in any one alphabet (RFC 6531). What misleads is a part of two alphabets
    (`аkimat@…` with a Cyrillic «а»), or a name of look-alikes alone before a Latin domain.
    """
    for part in filter(None, _PARTS.split(address)):
        mixed = _of_another_alphabet(part)
        if mixed:
            return mixed
    name, _, domain = address.rpartition("@")
    letters = [letter for letter in name if letter.isalpha()]
    latin_domain = all(alphabet_of(letter) == "LATIN" for letter in domain if letter.isalpha())
    alike = bool(letters) and latin_domain and _LOOKS_LATIN.issuperset(letters)
    return letters[0] if alike else ""


def _of_another_alphabet(part: str) -> str:
    """The first letter of the rarer alphabet of a part that has several."""
    letters = [letter for letter in part if letter.isalpha()]
    alphabets = [alphabet_of(letter) for letter in letters]
    if len(set(alphabets)) < 2:
        return ""
    rarer = min(dict.fromkeys(alphabets), key=lambda known: (alphabets.count(known), known == "LATIN"))
    return letters[alphabets.index(rarer)]


def alphabet_of(letter: str) -> str:
    """The first word of its name: LATIN, CYRILLIC …"""
    return unicodedata.name(letter, "").partition(" ")[0]
