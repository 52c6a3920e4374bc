"""Quotation marks inside quotation marks: the inner ones are of another form."""

from typing import Final

from models.vocabulary.procedure import Language

_INNER: Final = {
    Language.KK: str.maketrans("«»", "„“"),
    Language.RU: str.maketrans("«»", "„“"),
    Language.EN: str.maketrans("“”", "‘’"),
}


def to_be_quoted(language: Language, text: str) -> str:
    """A text that a sentence of this language puts into quotation marks."""
    return text.translate(_INNER[language])
