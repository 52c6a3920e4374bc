"""What the public list can be narrowed by: each value that finds something, counted within what is shown."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.published.said import Crumb, SearchWords
from activities.published.tallying import Found
from models.monitoring.follow_up import ItemStanding
from models.monitoring.published_search import FACETS
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language

MOST: Final = 12
"""Values that a facet offers: a body beyond them is found by its name."""

Counts = Mapping[str, int]


class Value(Model):
    """One value in words, and how many reports have it."""

    value: str
    name: str
    count: int


class Facet(Model):
    """One way to narrow the list; `cut` where there are more values than are offered."""

    name: str  # as the address calls it
    label: str
    values: tuple[Value, ...]
    cut: bool = False


class Facets(Model):
    """How many reports are found, by what they can be narrowed, and what narrows them."""

    found: int
    facets: tuple[Facet, ...]
    crumbs: tuple[Crumb, ...]


async def facets_of(session: AsyncSession, found: Found, language: Language, today: date) -> Facets:
    """Of all that is found: a value that holds already is a crumb, and narrows no further."""
    filters, counted = found.filters, found.counted()
    counts = {name: _in_order(name, counted[name]) for name in FACETS}
    words = await SearchWords.of(session, language, today, [*counts["body"], filters.body], found.regions)
    open_ones = (name for name in FACETS if counts[name] and not getattr(filters, name))
    return Facets(
        found=found.count,
        facets=tuple(_facet(name, counts[name], words) for name in open_ones),
        crumbs=words.crumbs(filters),
    )


def _facet(name: str, counts: Counts, words: SearchWords) -> Facet:
    values = tuple(Value(value=each, name=words.value(name, each), count=n) for each, n in counts.items())
    return Facet(name=name, label=words.label(name), values=values[:MOST], cut=len(values) > MOST)


def _in_order(name: str, counts: Counts) -> Counts:
    """Years from the newest, standings as the vocabulary has them, anything else from the commonest."""
    match name:
        case "year":
            return dict(sorted(counts.items(), reverse=True))
        case "standing":
            return {each.value: counts[each.value] for each in ItemStanding if each.value in counts}
    return dict(sorted(counts.items(), key=lambda known: (-known[1], known[0]))[: MOST + 1])
