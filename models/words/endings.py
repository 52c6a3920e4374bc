"""Kazakh words by their stems: endings of number, possession and case are taken off, one by one.

What stands before an ending decides whether it can be one (a consonant, a vowel, the harmony of front and
back vowels); where two readings are possible («тексеріс-і», «тексері-сі») both are kept, and words agree that
share one. At a word's end к, қ, п become г, ғ, б before a vowel («әкімдік», «әкімдігі»); here they are one.
"""

from functools import lru_cache
from typing import Final

_BACK: Final = frozenset("аоұыя")
_FRONT: Final = frozenset("әеөүіэ")
_VOWELS: Final = _BACK | _FRONT | frozenset("ёиую")  # и, у, ю go with either
_AFTER_VOWEL: Final = frozenset({"сы", "сі"})
_AFTER_POSSESSION: Final = frozenset({"н", "на", "не", "нда", "нде", "ндағы", "ндегі"})
_ENDINGS: Final = (
    *("ның", "нің", "дың", "дің", "тың", "тің"),
    *("ға", "ге", "қа", "ке"),
    *("ны", "ні", "ды", "ді", "ты", "ті"),
    *("да", "де", "та", "те", "дағы", "дегі", "тағы", "тегі"),
    *("дан", "ден", "тан", "тен", "нан", "нен"),
    *("мен", "бен", "пен"),
    *("лар", "лер", "дар", "дер", "тар", "тер"),
    *("ымыз", "іміз", "мыз", "міз", "ыңыз", "іңіз", "ңыз", "ңіз"),
    *("ы", "і", *_AFTER_VOWEL, *_AFTER_POSSESSION),
)
_HARD: Final = {"г": "к", "ғ": "қ", "б": "п"}
# A narrow vowel of the last syllable is dropped before one: «халық», «халқы».
_DROPPED: Final = {
    without: whole
    for whole in ("халық", "нарық", "мүлік", "қауіп", "орын", "ерік", "ғұрып", "әріп", "мойын", "көрік")
    for without in (whole[:-2] + whole[-1],)
}


@lru_cache(maxsize=20_000)
def stems(word: str) -> frozenset[str]:
    """All stems that a folded word can have; itself among them."""
    found: set[str] = set()
    _read(word, found)
    return frozenset(_ended(each) for each in found)


def _read(word: str, found: set[str]) -> None:
    found.add(word)
    for ending in _ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and rest not in found and _stands(rest) and _fits(rest, ending):
            _read(rest, found)


def _stands(rest: str) -> bool:
    """Whether it can be a word: «іс», «ел», or three letters with a vowel."""
    if len(rest) == 2:
        return rest[0] in _VOWELS and rest[1] not in _VOWELS
    return len(rest) > 2 and not _VOWELS.isdisjoint(rest)


def _fits(rest: str, ending: str) -> bool:
    last = rest[-1]
    if ending in _AFTER_POSSESSION:
        return last in "ыі" and _in_harmony(rest, ending)
    if ending in _AFTER_VOWEL:
        return last in _VOWELS and _in_harmony(rest, ending)
    if ending in {"ы", "і"}:
        return last not in "аәеоөұүыіэ" and _in_harmony(rest, ending)
    return _in_harmony(rest, ending)


def _in_harmony(rest: str, ending: str) -> bool:
    """Front endings follow front vowels; «-мен» and its like follow both."""
    if ending in {"мен", "бен", "пен", "н"}:
        return True
    vowel = next(letter for letter in reversed(rest) if letter in _VOWELS)
    away = _FRONT if not _FRONT.isdisjoint(ending) else _BACK
    return vowel not in (_BACK if away is _FRONT else _FRONT)


def _ended(stem: str) -> str:
    hard = stem[:-1] + _HARD.get(stem[-1:], stem[-1:])
    return _DROPPED.get(hard, hard)
