"""Texts of a report by what people call them and the numbers they bear there: «ұсыныс № 1, 3»."""

from collections.abc import Iterable

from locales.catalogue import text
from locales.terms import term
from models.report.languages import TextPart, TextPlace
from models.vocabulary.procedure import Language


def places_said(language: Language, places: Iterable[TextPlace]) -> str:
    """All of them in one phrase, each kind of text once with its numbers."""
    found: dict[TextPart, list[str]] = {}
    for place in places:
        numbers = found.setdefault(place.part, [])
        if place.position is not None:
            numbers.append(str(place.position))
    return "; ".join(_said(language, part, numbers) for part, numbers in found.items())


def codes_said(language: Language, codes: str) -> str:
    """The same of codes, as a problem's parameters have them. Raises ValueError for what is none."""
    parted = (code.partition(":") for code in codes.split(", "))
    return places_said(
        language,
        (TextPlace(part=TextPart(part), position=int(n) if n else None) for part, _, n in parted),
    )


def _said(language: Language, part: TextPart, numbers: list[str]) -> str:
    if not numbers:
        return term(language, part)
    return text(language, "say.numbered", part=term(language, part), numbers=", ".join(numbers))
