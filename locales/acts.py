"""The acts that calendar days rest on: their names in each language, and where they can be read.

An act is data, written once for all languages: an identifier of the state's database of law, with words
after it or not. The usual ones have names here; any other is shown as it was written.
"""

import re
from typing import Final

from locales.catalogue import text
from models.vocabulary.procedure import Language

_KNOWN: Final = {
    "Z010000267_ (Law on Holidays), art. 5": "calendar.act.holidays",
    "K1500000414 (Labour Code), art. 84(5)": "calendar.act.days_off",
    "K1500000414 (Labour Code)": "calendar.act.labour_code",
}
_IDENTIFIER: Final = re.compile(r"[A-Z]\d{2}[A-Z0-9]\d{6,7}_?(?= |,|;|$)")
_PATHS: Final = {Language.KK: "kaz", Language.RU: "rus", Language.EN: "eng"}


def say_act(language: Language, act: str) -> str:
    """The act as a person of that language calls it."""
    return text(language, _KNOWN[act]) if act in _KNOWN else act


def act_address(language: Language, act: str) -> str:
    """Where the text of the act is, empty if it does not begin with an identifier."""
    found = _IDENTIFIER.match(act)
    return f"https://adilet.zan.kz/{_PATHS[language]}/docs/{found[0]}" if found else ""
