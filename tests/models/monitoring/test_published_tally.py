"""What is counted by bits is what is counted one by one, in whatever order it became so."""

from collections import Counter
from collections.abc import Iterator, Mapping

from hypothesis import given
from hypothesis import strategies as st

from models.monitoring.follow_up import ItemStanding
from models.monitoring.published_search import FACETS, Filters
from models.monitoring.published_tally import PublishedFacts, PublishedTally
from models.vocabulary.procedure import Kind

BODIES = ("akimat", "clinic", "school", "division")
REGION_OF = {"akimat": "north", "clinic": "south", "division": "south"}
SPHERES = ("land", "health")
STANDINGS = (ItemStanding.AWAITED, ItemStanding.IMPLEMENTED)
few = st.lists(st.sampled_from(BODIES), max_size=3, unique=True).map(tuple)
facts = st.builds(
    PublishedFacts,
    year=st.sampled_from((2024, 2025)),
    kind=st.sampled_from(Kind),
    spheres=st.lists(st.sampled_from(SPHERES), max_size=2, unique=True).map(tuple),
    objects=few,
    conductors=few,
    items=st.lists(
        st.tuples(st.sampled_from(BODIES), st.sampled_from(STANDINGS).map(lambda each: each.value)),
        max_size=3,
    ).map(tuple),
)
changes = st.lists(
    st.dictionaries(st.integers(0, 20).map(lambda n: f"2026-SARY-{n:04d}"), st.none() | facts, max_size=6),
    max_size=8,
)
filters = st.builds(
    Filters,
    kind=st.none() | st.sampled_from(Kind),
    sphere=st.sampled_from(("", *SPHERES)),
    region=st.sampled_from(("", "north", "south", "nowhere")),
    body=st.sampled_from(("", *BODIES)),
    year=st.none() | st.sampled_from((2023, 2024)),
    standing=st.none() | st.sampled_from(STANDINGS),
)


def values(of: PublishedFacts) -> Iterator[tuple[str, str]]:
    """What the list can be narrowed by, as its page explains it."""
    yield from {("sphere", each) for each in of.spheres}
    regions = {REGION_OF.get(each) for each in of.objects} - {None}
    yield from {
        ("region", str(each)) for each in regions or {REGION_OF.get(e) for e in of.conductors} - {None}
    }
    yield from {("body", each) for each in (*of.objects, *(addressee for addressee, _ in of.items))}
    yield "year", str(of.year)
    yield from {("standing", standing) for _, standing in of.items}


def left_by(asked: Filters, of: PublishedFacts) -> bool:
    held = set(values(of))
    wanted = ((name, getattr(asked, name)) for name in FACETS)
    return asked.kind in (None, of.kind) and all(
        (name, str(value)) in held for name, value in wanted if value
    )


@given(changes, filters)
def test_counted_by_bits_is_counted_one_by_one(
    told: list[dict[str, PublishedFacts | None]], asked: Filters
) -> None:
    tally, known = PublishedTally(), dict[str, PublishedFacts]()
    for change in told:
        tally.tell(change)
        known = {number: each for number, each in (known | change).items() if each is not None}
    lying = tally.by_region(REGION_OF)
    found = tally.looked_at(asked, lying)
    wanted = {number: each for number, each in known.items() if left_by(asked, each)}
    assert set(tally.numbers_at(found)) == wanted.keys()
    assert found.bit_count() == len(wanted)
    assert counts_of(tally.counted(found, lying)) == Counter(
        value for each in wanted.values() for value in values(each)
    )
    assert tally.reports() == Counter(each.year for each in known.values())


def counts_of(counted: Mapping[str, Mapping[str, int]]) -> Counter[tuple[str, str]]:
    assert tuple(counted) == FACETS
    return Counter({(name, value): count for name, each in counted.items() for value, count in each.items()})


@given(changes)
def test_items_count_once_under_each_group(told: list[dict[str, PublishedFacts | None]]) -> None:
    tally, known = PublishedTally(), dict[str, PublishedFacts]()
    for change in told:
        tally.tell(change)
        known = {number: each for number, each in (known | change).items() if each is not None}
    expected: Counter[tuple[str, str, str]] = Counter()
    for each in known.values():
        for addressee, standing in each.items:
            expected["year", str(each.year), standing] += 1
            expected["addressee", addressee, standing] += 1
            expected.update(("sphere", sphere, standing) for sphere in each.spheres or ("",))
    assert +tally.items == expected


@given(changes, st.sets(st.integers(0, 30)))
def test_words_stand_in_what_is_published_alone(
    told: list[dict[str, PublishedFacts | None]], sought: set[int]
) -> None:
    tally, known = PublishedTally(), dict[str, PublishedFacts | None]()
    for change in told:
        tally.tell(change)
        known |= change
    numbers = {f"2026-SARY-{n:04d}" for n in sought}
    places = tally.places_of(numbers)
    there = {number for number in numbers if known.get(number) is not None}
    assert set(tally.numbers_at(places)) == there
    assert tally.looked_at(Filters(), {}, places) == places
