"""Which published monitorings a list or a figure is of: by words, by filters, by the registry's regions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ARRAY, ColumnElement, TableValuedAlias, Text, case, cast, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.places import last_known, places_of
from api.pages.public.asked import Filters
from api.views.lists import ever_published
from api.views.search import EVERYBODY, with_words
from models.register.filed import region_of
from models.tables.monitorings import MonitoringRow
from models.tables.recommendations import RecommendationRow
from models.vocabulary.procedure import Id


@dataclass(frozen=True)
class Regions:
    """The region of each body, as the register has it; bodies without one are absent."""

    of: Mapping[Id, str]

    @property
    def studied(self) -> ColumnElement[Sequence[str]]:
        """The bodies that say where a monitoring is: those studied, else those that conduct it."""
        objects, conductors = col(MonitoringRow.objects), col(MonitoringRow.conductors)
        lie = objects.bool_op("&&")(_array(self.of))
        return case((lie, objects), else_=conductors)

    def placed(self) -> TableValuedAlias:
        """The same as rows of a query: `body`, `region`."""
        pairs = func.unnest(_array(self.of), _array(self.of.values()))
        return pairs.table_valued("body", "region", name="placed").render_derived()


async def regions_today(session: AsyncSession, today: date) -> Regions:
    """Regions as they are on a local date; of a body that is no more, as they were."""
    places = places_of(await last_known(session, today))
    found = {body: region_of(body, places) for body in places}
    return Regions({body: region for body, region in found.items() if region})


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
        to_it = _with_item(col(RecommendationRow.addressee) == filters.body)
        conditions.append(or_(col(MonitoringRow.objects).contains([filters.body]), to_it))
    if filters.region:
        inside = [body for body, region in regions.of.items() if region == filters.region]
        conditions.append(regions.studied.bool_op("&&")(_array(inside)))
    if filters.standing is not None:
        conditions.append(_with_item(col(RecommendationRow.standing) == filters.standing.value))
    return conditions


def _with_item(like: ColumnElement[bool]) -> ColumnElement[bool]:
    items = select(RecommendationRow.number).where(like)
    return col(MonitoringRow.published) & col(MonitoringRow.number).in_(items)


def _array(texts: Iterable[str]) -> ColumnElement[Sequence[str]]:
    return cast(list(texts), ARRAY(Text))
