"""By which words a text is found: each as it stands (searched by its beginning), and by its Kazakh stems.

Russian stems are the database's own; what is given to it are `russian_words`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from models.vocabulary.base import Model
from models.words.endings import stems
from models.words.folding import words_in

MOST_WORDS: Final = 8_000  # different ones of one text; a tsvector holds a megabyte
MOST_SOUGHT: Final = 12
_LANGUAGES: Final = frozenset({"kk", "ru", "en"})
_WITHHELD: Final = frozenset({"sources", "conductors"})  # withheld from some of those who read the rest (A11)
_CYRILLIC_WORD: Final = re.compile(r"[\u0400-\u052f]+")
_KAZAKH: Final = frozenset("әғқңөұүһі")
_LITTLE: Final = frozenset(
    words_in("және мен пен бен үшін туралы бойынша и в на по с о об от для к the of and in on for to a an")
)


class Sought(Model):
    """One word that is looked for: it begins so, or is one of these (stems are marked, plain numbers too)."""

    begins: str
    whole: bool = False  # one letter: by what begins with it nearly everything would be found
    marked: tuple[str, ...] = ()
    russian: tuple[str, ...] = ()


def lexemes(texts: Iterable[str]) -> tuple[str, ...]:
    """What is kept of texts to find them by, in no order; bounded."""
    kept: dict[str, None] = {}
    for word in _different(texts):
        kept[word] = None
        kept.update(dict.fromkeys(_marked(word)))
    return tuple(kept)


def russian_words(texts: Iterable[str]) -> str:
    """The words that may be Russian, for the database's stems."""
    return " ".join(form for word in _different(texts) for form in _russian(word))


def sought(text: str) -> tuple[Sought, ...]:
    """What is looked for by a text, all of it at once; little words only where there is nothing else."""
    typed = dict.fromkeys(words_in(text))
    words = [word for word in typed if word not in _LITTLE] or list(typed)
    if all(map(_one_letter, words)):
        return ()  # which stands nearly everywhere: it is no word to find anything by
    return tuple(
        Sought(
            begins=word,
            whole=_one_letter(word),
            # «0002» is a part of a number, «2» may be any.
            marked=() if word.startswith("0") else _marked(word),
            russian=_russian(word),
        )
        for word in words[:MOST_SOUGHT]
    )


def _one_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def texts_of(content: object) -> Iterable[str]:
    """Every text that stands in some content (as JSON) in whatever languages, but what is withheld."""
    if isinstance(content, Mapping):
        if content.keys() == _LANGUAGES:
            yield from (str(text) for text in content.values())
            return
        for name, part in content.items():
            if name not in _WITHHELD:
                yield from texts_of(part)
    elif isinstance(content, list | tuple):
        for part in content:
            yield from texts_of(part)


def _different(texts: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in texts:
        found.update(dict.fromkeys(words_in(text)))
        if len(found) >= MOST_WORDS:
            break
    return tuple(found)[:MOST_WORDS]


def _marked(word: str) -> tuple[str, ...]:
    """A number without its leading noughts; the Kazakh stems of a word."""
    if word.isdecimal():
        return (f"#{word.lstrip('0')}",)
    if _CYRILLIC_WORD.fullmatch(word):
        return tuple(f"~{stem}" for stem in sorted(stems(word)))
    return ()


def _russian(word: str) -> tuple[str, ...]:
    """A word that may be Russian; with its vowel that comes and goes, which stems do not know of.

    «проверок» is «проверка», «участок» is «участка».
    """
    if not _CYRILLIC_WORD.fullmatch(word) or not _KAZAKH.isdisjoint(word):
        return ()
    return (word, f"{word[:-2]}ка") if len(word) > 4 and word.endswith(("ок", "ек")) else (word,)
