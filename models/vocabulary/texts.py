"""Text as people give it: kept as it is in Unicode NFC, without control characters, bounded in size."""

import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from models.vocabulary.procedure import Sha256

# Controls but for line ends and tabs, halves of surrogates, and marks that turn the letters after them round,
# so that a reader sees another text than the one that is kept.
_CONTROL: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069"
# Unicode's noncharacters: 32 in the first plane, and the last two codes of each.
_NO_CHARACTER: Final = "\ufdd0-\ufdef" + "".join(
    chr(0x10000 * n + end) for n in range(17) for end in (0xFFFE, 0xFFFF)
)
_CONTROLS: Final = re.compile(f"[{_CONTROL}]")
_UNKEPT: Final = re.compile(f"[{_CONTROL}{_NO_CHARACTER}]")
# Letters by their category, of which nothing is seen: fillers, and the empty pattern of Braille.
_EMPTY: Final = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


class TextFault(ValueError):
    """A text that is not taken. `code` names the fault, as pydantic's error types do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def kept(text: str) -> bool:
    """Whether people may send a text.

    Codes that stand for no character (`U+FFFF`, `U+FDD0` …) are not known to XML, or to nobody at all: one of
    them makes a whole feed or workbook unreadable.
    """
    return _UNKEPT.search(text) is None


def writable(text: str) -> str:
    """A text without what XML does not know, for texts from before such were refused."""
    return _UNKEPT.sub("", text)


def visible(text: str) -> bool:
    """Whether a reader sees anything of a text: more than spaces, controls, and marks on nothing."""
    return any(unicodedata.category(letter)[0] not in "CZM" and letter not in _EMPTY for letter in text)


def says_something(text: str) -> bool:
    """Whether a text that somebody has to state is one: a letter or a figure that can be seen.

    «-», «.» and «—» fill a field and tell nobody why something was done, or by which act.
    """
    return any(letter.isalnum() and visible(letter) for letter in text)


def clean(text: str) -> str:
    """NFC, with line ends as LF. Raises ValueError for other controls, turning marks and lone surrogates.

    What is on file is read by it, too: codes that stand for no character are refused where people send them.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if _CONTROLS.search(text):
        raise TextFault("text_controls", "control characters are not allowed in text")
    return text


def one_line(text: str) -> str:
    """`clean`, and no line ends: a title, a name, a reference."""
    text = clean(text).strip()
    if not {"\n", "\t", "\u2028", "\u2029"}.isdisjoint(text):
        raise TextFault("text_lines", "this text must be one line")
    return text


def seen(text: str) -> str:
    """A title that is given has a letter or a figure that can be seen; none given is another matter."""
    if text and not says_something(text):
        raise TextFault("text_blank", "this text must not be blank")
    return text


ShortText = Annotated[str, Field(max_length=500, examples=["Үлгі мәтін"]), AfterValidator(one_line)]
TitleText = Annotated[ShortText, AfterValidator(seen)]
LongText = Annotated[str, Field(max_length=20_000), AfterValidator(clean)]
NoteHash = Sha256
"""A text that is kept in `notes`, by its hash: histories hold no words of people."""
