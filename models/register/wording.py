"""Texts compared: what is left of a wording when case, punctuation and blanks say nothing."""

import re
import unicodedata


def plain(text: str) -> str:
    """The words and numbers of a text, in order, in lower case."""
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))
