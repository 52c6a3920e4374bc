"""What the public list can be narrowed by: each value that finds something, counted within what is shown."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Select, any_, distinct, func, union
from sqlalchemy import select as sql_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.names_today import names_today
from activities.registries.spheres import sphere_names
from api.pages.public.asked import Filters
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
_NUMBER: Final = col(MonitoringRow.number)
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
    counts = {
        "sphere": await _spheres(session, conditions),
        "region": await _regions(session, conditions, regions),
        "body": await _bodies(session, conditions),
        "year": await _years(session, conditions),
        "standing": await _standings(session, conditions),
    }
    words = await _Words.of(session, counts, filters, language, today)
    found = (await session.exec(select(func.count()).select_from(MonitoringRow).where(*conditions))).one()
    open_ones = (name for name in counts if not getattr(filters, name))
    return Facets(
        found=found,
        facets=tuple(_facet(name, counts[name], words) for name in open_ones if counts[name]),
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


async def _spheres(session: AsyncSession, conditions: list[ColumnElement[bool]]) -> Counts:
    sphere = func.unnest(col(MonitoringRow.spheres)).label("sphere")
    each = select(_NUMBER.label("number"), sphere).where(*conditions).subquery()
    return await _most(session, each.c.sphere, func.count())


async def _bodies(session: AsyncSession, conditions: list[ColumnElement[bool]]) -> Counts:
    """Bodies studied, and those for whom a published decision has items."""
    studied: Select[tuple[str, str]] = sql_select(
        _NUMBER.label("number"), func.unnest(col(MonitoringRow.objects)).label("body")
    ).where(*conditions)
    asked = (
        select(_NUMBER, col(RecommendationRow.addressee))
        .join(RecommendationRow, col(RecommendationRow.number) == _NUMBER)
        .where(col(MonitoringRow.published), *conditions)
    )
    both = union(studied, asked).subquery()
    return await _most(session, both.c.body, func.count())


async def _regions(session: AsyncSession, conditions: list[ColumnElement[bool]], regions: Regions) -> Counts:
    placed = regions.placed()
    found = (
        select(placed.c.region, func.count(distinct(_NUMBER)))
        .select_from(MonitoringRow)
        .join(placed, placed.c.body == any_(regions.studied))
        .where(*conditions)
        .group_by(placed.c.region)
    )
    rows = (await session.exec(found)).all()
    return dict(sorted(rows, key=lambda row: (-row[1], row[0])))


async def _years(session: AsyncSession, conditions: list[ColumnElement[bool]]) -> Counts:
    year = col(MonitoringRow.year)
    found = select(year, func.count()).where(*conditions).group_by(year).order_by(year.desc())
    return {str(each): count for each, count in (await session.exec(found)).all()}


async def _standings(session: AsyncSession, conditions: list[ColumnElement[bool]]) -> Counts:
    standing = col(RecommendationRow.standing)
    found = (
        select(standing, func.count(distinct(_NUMBER)))
        .join(MonitoringRow, col(RecommendationRow.number) == _NUMBER)
        .where(col(MonitoringRow.published), *conditions)
        .group_by(standing)
    )
    counts = dict((await session.exec(found)).all())
    return {each.value: counts[each.value] for each in ItemStanding if each.value in counts}


async def _most(session: AsyncSession, value: ColumnElement[str], counted: ColumnElement[int]) -> Counts:
    """The commonest values first, one more than is offered."""
    found = select(value, counted).group_by(value).order_by(counted.desc(), value).limit(MOST + 1)
    return dict((await session.exec(found)).all())
