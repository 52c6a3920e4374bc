"""Which published monitorings a list or a figure is of: by words, by filters, by the registry's regions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import ARRAY, ColumnElement, Text, case, cast, func, literal, or_
from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.published.finding import EVERYBODY, with_words
from activities.published.listed import ever_published
from activities.registries.bodies import regions_named
from activities.registries.places import last_known, places_of
from activities.registries.remembered import remembered
from locales.spoken import named
from models.monitoring.published_search import Filters
from models.register.filed import region_of
from models.report.content import Wording
from models.tables.monitorings import MonitoringRow
from models.tables.recommendations import RecommendationRow
from models.vocabulary.procedure import Id, Language


@dataclass(frozen=True)
class Regions:
    """The region of each body, as the register has it; bodies without one are absent.

    `names` are what regions are called in other languages, by their names in Kazakh.
    """

    of: Mapping[Id, str]
    names: Mapping[str, Wording]

    def named(self, region: str, language: Language) -> str:
        """In this language; marked where the registry has it in Kazakh alone."""
        return named(language, region, self.names.get(region))

    @property
    def studied(self) -> ColumnElement[Sequence[str]]:
        """The bodies that say where a monitoring is: those studied, else those that conduct it."""
        objects, conductors = col(MonitoringRow.objects), col(MonitoringRow.conductors)
        lie = objects.bool_op("&&")(_array(self.of))
        return case((lie, objects), else_=conductors)


async def regions_today(session: AsyncSession, today: date) -> Regions:
    """Regions as they are on a local date; of a body that is no more, as they were."""
    return await remembered(session, ("regions", today), partial(_regions, session, today))


async def _regions(session: AsyncSession, today: date) -> Regions:
    bodies = await last_known(session, today)
    places = places_of(bodies)
    found = {body: region_of(body, places) for body in places}
    known = {body: region for body, region in found.items() if region}
    return Regions(known, regions_named(bodies.values()))


def narrowed(filters: Filters, regions: Regions) -> list[ColumnElement[bool]]:
    """What a published monitoring has to be. Items are those of a version that is published and current."""
    conditions = [ever_published()]
    if filters.q:
        conditions += with_words(filters.q, EVERYBODY)
    if filters.kind is not None:
        conditions.append(col(MonitoringRow.kind) == filters.kind.value)
    if filters.year is not None:
        conditions.append(col(MonitoringRow.year) == filters.year)
    if filters.sphere:
        conditions.append(col(MonitoringRow.spheres).contains([filters.sphere]))
    if filters.body:
        to_it = _with_item(col(RecommendationRow.addressee), filters.body)
        conditions.append(or_(col(MonitoringRow.objects).contains([filters.body]), to_it))
    if filters.region:
        inside = [body for body, region in regions.of.items() if region == filters.region]
        conditions.append(regions.studied.bool_op("&&")(_array(inside)))
    if filters.standing is not None:
        conditions.append(_with_item(col(RecommendationRow.standing), filters.standing.value))
    return conditions


def _with_item(what: Mapped[str], value: str) -> ColumnElement[bool]:
    """Looked up for each row in the order of a list, which ends soon: never for all items at once."""
    own = select(what).where(col(RecommendationRow.number) == col(MonitoringRow.number)).scalar_subquery()
    return col(MonitoringRow.published) & (literal(value, Text) == func.any(func.array(own)))


def _array(texts: Iterable[str]) -> ColumnElement[Sequence[str]]:
    return cast(list(texts), ARRAY(Text))
