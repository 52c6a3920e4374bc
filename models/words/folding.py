"""Texts as they are compared: what a reader cannot tell apart is the same.

Invisible marks part nothing, capitals and small letters are one, е and ё too, and a letter of the other
alphabet that looks the same is the same: «тексеріс» is found whichever keyboard its і was typed on.
"""

import re
import unicodedata
from typing import Final

# Of either case they look alike, so they are folded in every word; these two only as capitals.
_ALIKE: Final = str.maketrans("aceikmopthxyё", "асеікмортһхуе")
_ALIKE_CAPITALS: Final = str.maketrans("BH", "ВН")
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
_WORD: Final = re.compile(r"\d+|[^\W\d_]+")
_RUN: Final = re.compile(r"[^\W_]+")
_LONGEST: Final = 64  # letters of a word that is kept


def unmarked(text: str) -> str:
    """A text without marks of no width: soft hyphens, joiners, accents that are no part of a letter."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(letter for letter in composed if unicodedata.category(letter) not in {"Cf", "Mn"})


def folded(text: str) -> str:
    """A text as it is compared with others; not for people's eyes."""
    plain = unmarked(unicodedata.normalize("NFKC", text.replace("№", " ")))
    return _RUN.sub(lambda found: _letters(found[0]), plain)


def words_in(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, folded; any dash parts them, and so do a letter and a figure."""
    return tuple(found[:_LONGEST] for found in _WORD.findall(folded(text)))


def same(one: str, other: str) -> bool:
    """Whether a reader would call two texts equal: spaces at line ends and between words count once."""
    return folded(one).split() == folded(other).split()


def _letters(run: str) -> str:
    capitals = run.translate(_ALIKE_CAPITALS) if _CYRILLIC.search(run) else run
    return capitals.casefold().translate(_ALIKE)
