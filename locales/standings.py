"""Where an item of the decision stands, in words that say how far it was accepted."""

from locales.catalogue import text
from locales.terms import term
from models.monitoring.follow_up import ItemStanding
from models.vocabulary.procedure import Language, Response


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
