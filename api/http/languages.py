"""The language of an answer, from `Accept-Language` (RFC 9110 §12.5.4). Kazakh by default."""

from typing import Annotated

from fastapi import Depends, Request

from models.vocabulary.procedure import Language

_LONGEST = 200


def preferred_language(accept_language: str) -> Language:
    """The language with the highest weight among ours; the first named wins a tie, Kazakh where none fits."""
    best, best_weight = Language.KK, 0.0
    for choice in accept_language[:_LONGEST].split(","):
        tag, _, weight = choice.partition(";")
        language = _ours(tag)
        if language is not None and _weight(weight) > best_weight:
            best, best_weight = language, _weight(weight)
    return best


def language_of(request: Request) -> Language:
    """The reader's language."""
    return preferred_language(request.headers.get("accept-language", ""))


async def readers_language(request: Request) -> Language:
    """The same for a route."""
    return language_of(request)


ReadersLanguage = Annotated[Language, Depends(readers_language)]


def _ours(tag: str) -> Language | None:
    primary = tag.strip().lower().partition("-")[0]
    return Language(primary) if primary in set(Language) else None


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
