"""What the public list can be narrowed by: each value that finds something, counted within what is shown."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Text, cast, distinct, func, literal, union, union_all
from sqlalchemy import select as sql_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.names_today import names_today
from activities.registries.spheres import sphere_names
from api.pages.public.asked import FACETS, Filters
from api.pages.public.narrowing import Regions
from locales.catalogue import text
from locales.spoken import marked
from locales.terms import term
from models.monitoring.follow_up import ItemStanding
from models.report.content import Wording
from models.tables.monitorings import MonitoringRow
from models.tables.recommendations import RecommendationRow
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Kind, Language

MOST: Final = 12
"""Values that a facet offers: a body beyond them is found by its name."""

Counts = Mapping[str, int]
Names = Mapping[Id, Wording]
_ALL: Final = "all"
_LABELS: Final[Mapping[str, str]] = {
    "q": "page.list.search",
    "kind": "page.list.kind",
    "sphere": "term.dimension.sphere",
    "region": "term.dimension.region",
    "body": "page.list.body",
    "year": "page.list.year",
    "standing": "page.list.standing",
}


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


class Crumb(Model):
    """One filter that holds."""

    name: str  # as the address calls it
    label: str
    said: str


class Facets(Model):
    """How many reports are found, by what they can be narrowed, and what narrows them."""

    found: int
    facets: tuple[Facet, ...]
    crumbs: tuple[Crumb, ...]


async def facets_of(
    session: AsyncSession,
    conditions: list[ColumnElement[bool]],
    filters: Filters,
    regions: Regions,
    language: Language,
    today: date,
) -> Facets:
    """Counted anew for each list: a value that holds already is a crumb, and narrows no further."""
    counted = await _counted(session, conditions, regions)
    counts = {name: _in_order(name, counted.get(name, {})) for name in FACETS}
    words = await _Words.of(session, counts, filters, language, today)
    open_ones = (name for name in FACETS if counts[name] and not getattr(filters, name))
    return Facets(
        found=counted.get(_ALL, {}).get("", 0),
        facets=tuple(_facet(name, counts[name], words) for name in open_ones),
        crumbs=tuple(
            Crumb(name=name, label=words.label(name), said=words.value(name, str(value)))
            for name, value in filters.model_dump(mode="json").items()
            if value and name != "sort"
        ),
    )


class _Words:
    def __init__(
        self, language: Language, bodies: Mapping[Id, Wording], spheres: Mapping[Id, Wording]
    ) -> None:
        self._language, self._bodies, self._spheres = language, bodies, spheres

    @classmethod
    async def of(
        cls,
        session: AsyncSession,
        counts: Mapping[str, Counts],
        filters: Filters,
        language: Language,
        today: date,
    ) -> "_Words":
        bodies = [*counts["body"], *([filters.body] if filters.body else [])]
        return cls(language, await names_today(session, today, bodies), await sphere_names(session))

    def value(self, name: str, value: str) -> str:
        match name:
            case "sphere":
                return self._spheres.get(value, Wording(kk=value)).best(self._language)
            case "body":
                return self._bodies.get(value, Wording(kk=value)).best(self._language)
            case "region":
                return marked(self._language, value)
            case "standing":
                return term(self._language, ItemStanding(value))
            case "kind":
                return term(self._language, Kind(value))
        return value

    def label(self, name: str) -> str:
        return text(self._language, _LABELS[name])


def _facet(name: str, counts: Counts, words: _Words) -> Facet:
    values = tuple(Value(value=each, name=words.value(name, each), count=n) for each, n in counts.items())
    return Facet(name=name, label=words.label(name), values=values[:MOST], cut=len(values) > MOST)


async def _counted(
    session: AsyncSession, conditions: list[ColumnElement[bool]], regions: Regions
) -> Mapping[str, Counts]:
    """All of it by one statement, in which what is shown is looked for once."""
    shown = (
        sql_select(
            col(MonitoringRow.number).label("number"),
            col(MonitoringRow.year).label("year"),
            col(MonitoringRow.spheres).label("spheres"),
            col(MonitoringRow.objects).label("objects"),
            regions.studied.label("studied"),
            col(MonitoringRow.published).label("published"),
        )
        .where(*conditions)
        .cte("shown")
    )
    number, items = shown.c.number, RecommendationRow
    of_shown = (col(items.number) == number) & shown.c.published
    spheres = sql_select(func.unnest(shown.c.spheres).label("value")).subquery()
    lying = sql_select(number.label("number"), func.unnest(shown.c.studied).label("body")).subquery()
    placed = regions.placed()
    studied = sql_select(number.label("number"), func.unnest(shown.c.objects).label("body"))
    asked = sql_select(number, col(items.addressee)).join_from(shown, items, of_shown)
    bodies = union(studied, asked).subquery()
    year, standing = cast(shown.c.year, Text), col(items.standing)
    every = union_all(
        sql_select(literal(_ALL), literal(""), func.count()).select_from(shown),
        sql_select(literal("sphere"), spheres.c.value, func.count()).group_by(spheres.c.value),
        sql_select(literal("region"), placed.c.region, func.count(distinct(lying.c.number)))
        .join_from(lying, placed, placed.c.body == lying.c.body)
        .group_by(placed.c.region),
        sql_select(literal("body"), bodies.c.body, func.count()).group_by(bodies.c.body),
        sql_select(literal("year"), year, func.count()).group_by(year),
        sql_select(literal("standing"), standing, func.count(distinct(number)))
        .join_from(shown, items, of_shown)
        .group_by(standing),
    )
    counted: dict[str, dict[str, int]] = {}
    for name, value, count in (await (await session.connection()).execute(every)).all():
        counted.setdefault(name, {})[value] = count
    return counted


def _in_order(name: str, counts: Counts) -> Counts:
    """Years from the newest, standings as the vocabulary has them, anything else from the commonest."""
    match name:
        case "year":
            return dict(sorted(counts.items(), reverse=True))
        case "standing":
            return {each.value: counts[each.value] for each in ItemStanding if each.value in counts}
    return dict(sorted(counts.items(), key=lambda known: (-known[1], known[0]))[: MOST + 1])
