"""The order of names for people's eyes: the alphabet's, not that of code points (Ә after А, not after Я)."""

import re
from collections.abc import Mapping
from typing import Final

from models.vocabulary.procedure import Id, Language
from models.words.folding import unmarked

KAZAKH: Final = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
RUSSIAN: Final = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
LATIN: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Both alphabets agree on the order of the letters that they share, so a Kazakh name has its place in ru too.
_ALPHABETS: Final = {
    Language.KK: KAZAKH + LATIN,
    Language.RU: KAZAKH + LATIN,
    Language.EN: LATIN + KAZAKH,
}
_PLACES: Final = {
    language: {letter: place for place, letter in enumerate(letters)}
    for language, letters in _ALPHABETS.items()
}
_PARTS: Final = re.compile(r"\d+|[^\W\d_]+")

Key = tuple[tuple[tuple[int, ...], ...], str]


def order_key(name: str, language: Language) -> Key:
    """By which names are sorted: word by word, quotes and other marks left out, numbers by their size.

    Equal names are told apart by their code points, so that an order never depends on what it was before.
    """
    places = _PLACES[language]
    words = _PARTS.findall(unmarked(name).upper())
    return tuple(_word(word, places) for word in words), name


def by_name(names: Mapping[Id, str], language: Language) -> tuple[tuple[Id, str], ...]:
    """Ids with their names, in the order in which they are shown; of equal names the lesser id first."""
    ordered = sorted(names, key=lambda known: (order_key(names[known], language), known))
    return tuple((known, names[known]) for known in ordered)


def _word(word: str, places: dict[str, int]) -> tuple[int, ...]:
    if word.isdecimal():
        return (0, int(word))
    return (1, *(places.get(letter, len(places) + ord(letter)) for letter in word))
