"""Text as people give it: kept as it is in Unicode NFC, without control characters, bounded in size."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

ALLOWED_CONTROLS = frozenset("\n\t")


def clean(text: str) -> str:
    """NFC, with line ends as LF. Raises ValueError for other control characters and lone surrogates."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    for letter in text:
        if unicodedata.category(letter) in {"Cc", "Cs"} and letter not in ALLOWED_CONTROLS:
            raise ValueError("control characters are not allowed in text")
    return text


def one_line(text: str) -> str:
    """`clean`, and no line ends: a title, a name, a reference."""
    text = clean(text).strip()
    if "\n" in text or "\t" in text:
        raise ValueError("this text must be one line")
    return text


ShortText = Annotated[str, Field(max_length=500, examples=["Үлгі мәтін"]), AfterValidator(one_line)]
LongText = Annotated[str, Field(max_length=20_000), AfterValidator(clean)]
