"""The language of what was typed in one language only, so that readers of another one are told of it.

Kazakh letters are certain; without them words are known by how they end. What cannot be told is left unsaid.
"""

import re
from typing import Final

from locales.catalogue import text
from models.report.content import Wording
from models.vocabulary.procedure import Language

_KAZAKH_LETTERS: Final = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
_WORDS: Final = re.compile(r"[а-яё]+", re.IGNORECASE)
_KAZAKH_ENDS: Final = re.compile(
    r"(?:[аы]сы|лары|дары|тары|[дтн]ы[ңн]|лар|дар|тар|лы[ққ]|ша|дан|тан|нда|мен|пен|бен)$", re.IGNORECASE
)
_RUSSIAN_ENDS: Final = re.compile(
    r"(?:ени[еяйю]|ани[еяйю]|ств[аоу]|[ое]го|[ыо]й|ый|ий|ая|ое|ые|ых|ия|ии|ость|ости|тель|ция|ком|ами|ать|ить|"
    r"еть|ован[аоы]?)$",
    re.IGNORECASE,
)
_KAZAKH_WORDS: Final = frozenset({"облысы", "ауданы", "хат", "жоба", "басшы", "орынбасары", "бойынша"})
_RUSSIAN_WORDS: Final = frozenset(
    {"г", "ул", "обл", "д", "и", "в", "во", "на", "по", "о", "об", "с", "из", "для", "не", "область", "район"}
    | {"город", "улица", "от", "письмо", "приказ", "проект", "тыс", "млн", "рублей", "человек", "дней", "лет"}
)


def spoken_in(words: str) -> Language | None:
    """Kazakh or Russian; None where the words do not tell, as names and numbers do not."""
    if _KAZAKH_LETTERS.search(words):
        return Language.KK
    found = [word.lower() for word in _WORDS.findall(words)]
    kazakh = sum(word in _KAZAKH_WORDS or bool(_KAZAKH_ENDS.search(word)) for word in found)
    russian = sum(word in _RUSSIAN_WORDS or bool(_RUSSIAN_ENDS.search(word)) for word in found)
    if kazakh == russian:
        return None
    return Language.KK if kazakh > russian else Language.RU


def mark_of(language: Language, spoken: Language | None) -> str:
    """«[на казахском]», for a reader of another language; else nothing."""
    return text(language, f"form.mark.{spoken.value}") if spoken not in {None, language} else ""


def wording_said(language: Language, wording: Wording) -> str:
    """A text that may lack the reader's language: the next best one then, with its language."""
    return " ".join(part for part in (wording.best(language), wording_mark(language, wording)) if part)


def wording_mark(language: Language, wording: Wording) -> str:
    """The language of what `Wording.best` gives, where that is not the reader's."""
    spoken = next((each for each in (language, *Language) if each in wording.given()), None)
    return mark_of(language, spoken)


def named(language: Language, words: str, name: Wording | None) -> str:
    """A name in the reader's own language where it has one, else the words it is known by, marked."""
    own = str(getattr(name, language.value)) if name else ""
    return own or marked(language, words)


def marked(language: Language, words: str) -> str:
    """What somebody typed, with its language where that is not the reader's."""
    mark = mark_of(language, spoken_in(words))
    return f"{words} {mark}" if mark else words
