"""The word printed beside the number of a letter: whoever holds the letter can have it checked, nobody else.

It cannot be guessed or counted up: an HMAC of number and letter under a key of this purpose alone. Its
letters and digits look the same in Latin and in Cyrillic script, and are taken in either, in any case,
however spaced, with any dash and with whatever stands around it.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from typing import Final

from models.vocabulary.procedure import Id, Mark, Number

ALPHABET: Final = "ACEHKMPTXY245679"
_HALF: Final = 5
_BYTES: Final = _HALF  # 40 bits: two symbols a byte
_PURPOSE: Final = b"check-word/1"
_SYMBOLS: Final = re.compile(r"[^\W_]")
_CYRILLIC: Final = str.maketrans("АСЕНКМРТХУ", "ACEHKMPTXY")


def check_word(secret: str, number: Number | Mark, letter: Id) -> str:
    """As it is printed: `K7MT4-XPA2H`."""
    key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)
    digest = hmac.digest(key, f"{number}\n{letter}".encode(), hashlib.sha256)[:_BYTES]
    word = "".join(ALPHABET[half] for byte in digest for half in (byte >> 4, byte & 15))
    return f"{word[:_HALF]}-{word[_HALF:]}"


def letter_of_word(
    secrets: Sequence[str], number: Number | Mark, letters: Iterable[Id], typed: str
) -> Id | None:
    """The letter among these beside whose number this word stands; None where it stands beside none."""
    given = "".join(_SYMBOLS.findall(typed.upper().translate(_CYRILLIC))).encode()
    found = None
    for letter in letters:
        for secret in secrets:
            word = check_word(secret, number, letter).replace("-", "").encode()
            if hmac.compare_digest(word, given):
                found = letter
    return found
