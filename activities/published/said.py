"""A search of the published reports in words: by what it is narrowed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.published.narrowing import Regions
from activities.registries.names_today import names_today
from activities.registries.spheres import sphere_names
from locales.catalogue import text
from locales.standings import standing_of_many
from locales.terms import term
from models.monitoring.follow_up import ItemStanding
from models.monitoring.published_search import Filters
from models.report.content import Wording
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Kind, Language

_LABELS: Final[Mapping[str, str]] = {
    "q": "page.list.search",
    "kind": "page.list.kind",
    "sphere": "term.dimension.sphere",
    "region": "term.dimension.region",
    "body": "page.list.body",
    "year": "page.list.year",
    "standing": "page.list.standing",
}


class Crumb(Model):
    """One filter that holds."""

    name: str  # as the address calls it
    label: str
    said: str


class SearchWords:
    """The filters of the public list in a language."""

    def __init__(
        self,
        language: Language,
        bodies: Mapping[Id, Wording],
        spheres: Mapping[Id, Wording],
        regions: Regions,
    ) -> None:
        self._language, self._bodies, self._spheres = language, bodies, spheres
        self._regions = regions

    @classmethod
    async def of(
        cls,
        session: AsyncSession,
        language: Language,
        today: date,
        bodies: Iterable[Id],
        regions: Regions,
    ) -> "SearchWords":
        """`bodies` are those that may have to be named, as of a local date."""
        names = await names_today(session, today, filter(None, bodies))
        return cls(language, names, await sphere_names(session), regions)

    def crumbs(self, filters: Filters) -> tuple[Crumb, ...]:
        """Each filter that holds."""
        return tuple(
            Crumb(name=name, label=self.label(name), said=self.value(name, str(value)))
            for name, value in filters.model_dump(mode="json").items()
            if value and name != "sort"
        )

    def value(self, name: str, value: str) -> str:
        match name:
            case "sphere":
                return self._spheres.get(value, Wording(kk=value)).best(self._language)
            case "body":
                return self._bodies.get(value, Wording(kk=value)).best(self._language)
            case "region":
                return self._regions.named(value, self._language)
            case "standing":
                return standing_of_many(self._language, ItemStanding(value))
            case "kind":
                return term(self._language, Kind(value))
        return value

    def label(self, name: str) -> str:
        return text(self._language, _LABELS[name])
