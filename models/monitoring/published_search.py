"""What the public list is asked for: all of it stands in the address, so that a view can be passed on."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from models.monitoring.follow_up import ItemStanding
from models.vocabulary.base import Model
from models.vocabulary.procedure import Kind, Language

EARLIEST, LATEST = 2023, 2200
_LONGEST: Final = 200
FACETS: Final = ("sphere", "region", "body", "year", "standing")
"""What readers narrow by and see counted, in the order in which it is offered."""


class Sort(StrEnum):
    """The order of the list."""

    NEWEST = "newest"  # by the day of publication
    OLDEST = "oldest"
    CHANGED = "changed"  # by the journal's last change


class Filters(Model):
    """What the list shows and in which order. A value that nothing has finds nothing."""

    q: str = ""
    kind: Kind | None = None
    sphere: str = ""
    region: str = ""
    body: str = ""  # what was studied, or whom an item of the decision is for
    year: int | None = None  # of the registration number
    standing: ItemStanding | None = None
    sort: Sort = Sort.NEWEST

    @property
    def narrowed(self) -> bool:
        return any((self.q, self.kind, *(getattr(self, name) for name in FACETS)))

    @property
    def given(self) -> dict[str, str]:
        """As an address has them; the usual order says nothing."""
        return {
            name: str(value)
            for name, value in self.model_dump(mode="json").items()
            if value and (name, value) != ("sort", Sort.NEWEST.value)
        }

    def address(self, language: str, **changed: str) -> str:
        """The address of the same list, but for what is changed; an empty word takes a filter away."""
        pairs = {"lang": language, **self.given, **changed}
        return "/public?" + urlencode({name: value for name, value in pairs.items() if value})

    def switch(self) -> dict[str, str]:
        """The same list in each language."""
        return {each.value: self.address(each.value) for each in Language}


def asked_by(given: Mapping[str, str]) -> Filters:
    """What an address asks for; what says nothing to the list narrows nothing."""
    year = given.get("year", "")
    return Filters(
        q=_line(given, "q"),
        kind=Kind(given["kind"]) if given.get("kind") in set(Kind) else None,
        sphere=_line(given, "sphere"),
        region=_line(given, "region"),
        body=_line(given, "body"),
        year=int(year) if year.isdecimal() and len(year) == 4 and EARLIEST <= int(year) <= LATEST else None,
        standing=ItemStanding(given["standing"]) if given.get("standing") in set(ItemStanding) else None,
        sort=Sort(given["sort"]) if given.get("sort") in set(Sort) else Sort.NEWEST,
    )


def _line(given: Mapping[str, str], name: str) -> str:
    return given.get(name, "").replace("\x00", "").strip()[:_LONGEST]
