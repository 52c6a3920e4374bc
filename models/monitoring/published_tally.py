"""How many published monitorings, and items of theirs, there are of each kind, among any that are looked at.

Each monitoring has a place, and each value the places that have it, as the bits of one whole number: what two
values have in common is one operation, however many monitorings there are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from models.monitoring.published_search import FACETS, Filters
from models.vocabulary.procedure import Id, Kind, Number

Places = int
"""The bits of the monitorings that are meant."""
Value = tuple[str, str]
"""A word for what it is of, as `FACETS` have it, and the value."""
NONE: Final = ""
"""The sphere of what names none."""
_SET: Final = tuple(tuple(place for place in range(8) if eight >> place & 1) for eight in range(256))
"""Which bits are set in each byte."""
_OBJECT, _CONDUCTOR, _KIND = "object", "conductor", "kind"


@dataclass(frozen=True, slots=True)
class PublishedFacts:
    """What is counted of one published monitoring.

    `items` are the addressee and the standing of each; none where the published version is not current.
    """

    year: int
    kind: Kind
    spheres: tuple[Id, ...] = ()
    objects: tuple[Id, ...] = ()
    conductors: tuple[Id, ...] = ()
    items: tuple[tuple[Id, str], ...] = ()


class PublishedTally:
    """All that is published. It is told of each that changes; nothing that it is asked changes it."""

    def __init__(self) -> None:
        self._places: dict[Number, int] = {}
        self._numbers: list[Number] = []
        self._facts: dict[Number, PublishedFacts] = {}
        self._having: dict[Value, Places] = {}
        self._all: Places = 0
        self.items: Counter[tuple[str, str, str]] = Counter()
        """How many items, by `year`, `sphere` or `addressee`, its value and a standing."""
        self.changes = 0
        """How often it was told of something: what follows from it holds as long as this does."""

    def tell(self, changed: Mapping[Number, PublishedFacts | None]) -> None:
        """What is true of these now; None of one that is published no more."""
        places = {number: self._place(number) for number in changed}
        first = min(places.values(), default=0)  # bits are counted from there: those of a part are few
        come: defaultdict[Value, Places] = defaultdict(int)
        gone: defaultdict[Value, Places] = defaultdict(int)
        there = away = 0
        for number, facts in changed.items():
            bit = 1 << places[number] - first
            former = self._facts.pop(number, None)
            for value in _values(former):
                gone[value] |= bit
            for value in _values(facts):
                come[value] |= bit
            self.items.subtract(_items(former))
            self.items.update(_items(facts))
            if facts is None:
                away |= bit
            else:
                there |= bit
                self._facts[number] = facts
        self._all = self._all & ~(away << first) | there << first
        for value in come.keys() | gone.keys():
            left = self._having.get(value, 0) & ~(gone[value] << first)
            self._having[value] = left | come[value] << first
        self.changes += bool(changed)

    def looked_at(
        self, filters: Filters, regions: Mapping[str, Places], with_words: Places | None = None
    ) -> Places:
        """Those that the filters leave; `with_words` are those in which the words stand that are sought."""
        left = self._all if with_words is None else self._all & with_words
        if filters.kind is not None:
            left &= self._having.get((_KIND, filters.kind.value), 0)
        for name in FACETS:
            asked = getattr(filters, name)
            if asked and name == "region":
                left &= regions.get(asked, 0)
            elif asked:
                left &= self._having.get((name, str(asked)), 0)
        return left

    def by_region(self, region_of: Mapping[Id, str]) -> Mapping[str, Places]:
        """Where they are: where what was studied lies, else where those lie that conducted it."""
        lying = self._in_regions(_OBJECT, region_of)
        placed = 0
        for each in lying.values():
            placed |= each
        found = dict(lying)
        for region, places in self._in_regions(_CONDUCTOR, region_of).items():
            found[region] = found.get(region, 0) | places & ~placed
        return {region: places for region, places in found.items() if places}

    def _in_regions(self, role: str, region_of: Mapping[Id, str]) -> dict[str, Places]:
        found: dict[str, Places] = {}
        for (name, body), places in self._having.items():
            region = region_of.get(body, "") if name == role else ""
            if region:
                found[region] = found.get(region, 0) | places
        return found

    def counted(self, among: Places, regions: Mapping[str, Places]) -> Mapping[str, Mapping[str, int]]:
        """How many of these have each value, by facet; what none of them has is left out."""
        found: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for (name, value), places in self._having.items():
            if name in found and (count := (places & among).bit_count()):
                found[name][value] = count
        for region, places in regions.items():
            if count := (places & among).bit_count():
                found["region"][region] = count
        return found

    def places_of(self, numbers: Iterable[Number]) -> Places:
        """Of those among them that are published."""
        written = bytearray(len(self._numbers) // 8 + 1)
        for number in numbers:
            if number in self._facts:
                place = self._places[number]
                written[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(written, "little")

    def numbers_at(self, places: Places) -> Iterator[Number]:
        """Which these are, in no order of meaning."""
        for at, eight in enumerate(places.to_bytes(len(self._numbers) // 8 + 1, "little")):
            for place in _SET[eight]:
                yield self._numbers[8 * at + place]

    def reports(self) -> Mapping[int, int]:
        """How many there are, by year, from the first one on."""
        years = sorted(
            (int(value), places) for (name, value), places in self._having.items() if name == "year"
        )
        return {year: places.bit_count() for year, places in years if places}

    def _place(self, number: Number) -> int:
        if number not in self._places:
            self._places[number] = len(self._numbers)
            self._numbers.append(number)
        return self._places[number]


def _values(facts: PublishedFacts | None) -> Iterator[Value]:
    """Each once, as far as it matters: the same bit twice is one."""
    if facts is None:
        return
    yield "year", str(facts.year)
    yield _KIND, facts.kind.value
    yield from (("sphere", each) for each in facts.spheres)
    yield from ((_OBJECT, each) for each in facts.objects)
    yield from ((_CONDUCTOR, each) for each in facts.conductors)
    yield from (("body", each) for each in facts.objects)
    yield from (("body", addressee) for addressee, _ in facts.items)
    yield from (("standing", standing) for _, standing in facts.items)


def _items(facts: PublishedFacts | None) -> Iterator[tuple[str, str, str]]:
    """An item of a monitoring of two spheres counts under both of them."""
    for addressee, standing in facts.items if facts else ():
        assert facts is not None
        yield "year", str(facts.year), standing
        yield "addressee", addressee, standing
        for sphere in facts.spheres or (NONE,):
            yield "sphere", sphere, standing
