"""Where an item of the decision stands, in words that say how far it was accepted."""

from typing import Final

from locales.catalogue import text
from locales.terms import term
from models.monitoring.follow_up import ItemStanding
from models.vocabulary.procedure import Language, Response

_OF_WHAT_WAS_ACCEPTED: Final = frozenset({ItemStanding.NOT_FOLLOWED, ItemStanding.AWAITED})


def standing_said(language: Language, standing: ItemStanding, response: Response | None) -> str:
    """The standing alone where all of it was accepted, or nothing; else that it was so in part, too."""
    said = term(language, standing)
    if response is not Response.PARTLY:
        return said
    partly = term(language, Response.PARTLY)
    if standing is ItemStanding.NOT_FOLLOWED:
        return partly
    if standing is ItemStanding.AWAITED:
        said = text(language, "follow_up.not_reported")
    return text(language, "follow_up.partly", partly=partly, standing=said)


def standing_of_many(language: Language, standing: ItemStanding) -> str:
    """The standing of a group, in a figure or a filter: what was accepted in part is among the accepted."""
    if standing in _OF_WHAT_WAS_ACCEPTED:
        return text(language, f"follow_up.many.{standing.value}")
    return term(language, standing)
