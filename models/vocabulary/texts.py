"""Text as people give it: kept as it is in Unicode NFC, without control characters, bounded in size."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from models.vocabulary.procedure import Sha256

ALLOWED_CONTROLS = frozenset("\n\t")
# They turn the letters after them round, so that a reader sees another text than the one that is kept.
TURNING = frozenset(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


class TextFault(ValueError):
    """A text that is not taken. `code` names the fault, as pydantic's error types do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def kept(letter: str) -> bool:
    """Whether a letter may stand in a text at all."""
    if unicodedata.category(letter) in {"Cc", "Cs"}:
        return letter in ALLOWED_CONTROLS
    return letter not in TURNING


def visible(text: str) -> bool:
    """Whether a reader sees anything of a text: more than spaces, controls and marks of no width."""
    return any(unicodedata.category(letter)[0] not in "CZ" for letter in text)


def clean(text: str) -> str:
    """NFC, with line ends as LF. Raises ValueError for other controls, turning marks and lone surrogates."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if not all(map(kept, text)):
        raise TextFault("text_controls", "control characters are not allowed in text")
    return text


def one_line(text: str) -> str:
    """`clean`, and no line ends: a title, a name, a reference."""
    text = clean(text).strip()
    if not {"\n", "\t", "\u2028", "\u2029"}.isdisjoint(text):
        raise TextFault("text_lines", "this text must be one line")
    return text


def seen(text: str) -> str:
    """A text that is given can be seen; none given is another matter."""
    if text and not visible(text):
        raise TextFault("text_blank", "this text must not be blank")
    return text


ShortText = Annotated[str, Field(max_length=500, examples=["Үлгі мәтін"]), AfterValidator(one_line)]
TitleText = Annotated[ShortText, AfterValidator(seen)]
LongText = Annotated[str, Field(max_length=20_000), AfterValidator(clean)]
NoteHash = Sha256
"""A text that is kept in `notes`, by its hash: histories hold no words of people."""
