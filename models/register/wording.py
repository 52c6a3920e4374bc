"""Texts compared: what is left of a wording when case, punctuation and blanks say nothing."""

import re

from models.words.folding import folded


def plain(text: str) -> str:
    """The words and numbers of a text, in order; marks that do not show part none of them."""
    return " ".join(re.findall(r"[^\W_]+", folded(text)))
