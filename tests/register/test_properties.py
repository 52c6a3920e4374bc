"""What holds of every register, whatever the reports: nothing is lost, nothing is counted from nowhere."""

from itertools import pairwise
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.register import ElementKind, FiledReport, RegisterFilters, Row, consolidate
from models.register.counting import NONE, Count, Dimension, keys_of
from models.report.content import ReportContent
from tests.register.reports import CONDUCTORS, OBJECTS, PLACES, SPHERES, filed

Filed = tuple[FiledReport, ...]
REGIONS = ("Сарыжайлау облысы", "Көкөзек облысы")
ONE_KEY = (Dimension.YEAR, Dimension.KIND)

# How fast reports are drawn is the machine's matter, and tracing slows it (`make test`).
unhurried = settings(suppress_health_check=[HealthCheck.too_slow])


def maybe(*values: object) -> st.SearchStrategy[object]:
    return st.sampled_from((None, *values))


filters = st.fixed_dictionaries(
    {
        "sphere": maybe(*SPHERES),
        "region": maybe(*REGIONS),
        "object": maybe(*OBJECTS),
        "year": maybe(2023, 2024, 2025, 2026),
        "kind": maybe(*ElementKind),
        "conductor": maybe(*CONDUCTORS),
    }
).map(RegisterFilters.model_validate)


def elements(content: ReportContent) -> set[tuple[ElementKind, str]]:
    items = {(ElementKind(item.kind.value), item.id) for item in content.draft.decision.items}
    findings = {(ElementKind.FINDING, finding.id) for finding in content.findings}
    return items | findings | {(ElementKind.INDICATOR, indicator.id) for indicator in content.indicators}


@unhurried
@given(filed())
def test_every_element_is_one_row_and_every_row_an_element(reports: Filed) -> None:
    found = consolidate(reports, PLACES)
    told = [(row.source.report, row.kind, row.source.element) for row in found.rows]
    there = [(r.received.id, *each) for r in reports for each in elements(r.content)]
    assert len(told) == len(set(told))
    assert set(told) == set(there)


@unhurried
@given(filed(), filters)
def test_totals_are_the_sums_of_their_parts(reports: Filed, asked: RegisterFilters) -> None:
    found = consolidate(reports, PLACES, asked)
    assert found.total.total == len(found.rows)
    for dimension, counts in found.counts.items():
        for figure in counts:
            assert figure.total == sum(part.count for part in figure.parts)
            assert figure.total == sum(figure.of(kind) for kind in ElementKind)
        counted = sum(figure.total for figure in counts)
        assert counted == sum(len(keys_of(row, dimension)) for row in found.rows)
        if dimension in ONE_KEY:
            assert counted == found.total.total


@unhurried
@given(filed(), filters)
def test_every_figure_can_be_counted_again_from_its_sources(reports: Filed, asked: RegisterFilters) -> None:
    found = consolidate(reports, PLACES, asked)
    contents = {r.received.id: r for r in reports}
    for row in found.rows:
        assert row.source.content == contents[row.source.report].received.content
    for dimension, counts in found.counts.items():
        for figure in counts:
            under = [row for row in found.rows if figure.key in keys_of(row, dimension)]
            for part in figure.parts:
                assert part.count == sum(row.source.report == part.report for row in under) > 0


@unhurried
@given(filed(), filters, st.randoms(use_true_random=False))
def test_the_order_of_the_reports_says_nothing(
    reports: Filed, asked: RegisterFilters, chance: Random
) -> None:
    shuffled = list(reports)
    chance.shuffle(shuffled)
    assert consolidate(shuffled, PLACES, asked) == consolidate(reports, PLACES, asked)


@unhurried
@given(filed(), filters)
def test_filtering_commutes_with_counting(reports: Filed, asked: RegisterFilters) -> None:
    """What is counted under a key of the whole is what a register narrowed to that key holds."""
    whole = consolidate(reports, PLACES, asked)
    for dimension, counts in whole.counts.items():
        for figure in counts:
            if figure.key != NONE and getattr(asked, dimension.value) is None:
                narrow = asked.model_copy(update={dimension.value: typed(dimension, figure.key)})
                assert unkeyed(consolidate(reports, PLACES, narrow).total) == unkeyed(figure)


def typed(dimension: Dimension, key: str) -> object:
    match dimension:
        case Dimension.YEAR:
            return int(key)
        case Dimension.KIND:
            return ElementKind(key)
        case _:
            return key


def unkeyed(count: Count) -> Count:
    return count.model_copy(update={"key": ""})


@unhurried
@given(filed(), filters)
def test_filtering_rows_is_computing_from_the_reports_that_remain(
    reports: Filed, asked: RegisterFilters
) -> None:
    rows = tuple(row for row in consolidate(reports, PLACES).rows if asked.show(row))
    assert rows == consolidate(reports, PLACES, asked).rows


@unhurried
@given(filed())
def test_a_repeat_stands_in_two_reports_and_every_reason_holds_for_all_of_it(reports: Filed) -> None:
    found = consolidate(reports, PLACES)
    for repeat in found.repeats:
        assert len({row.source.report for row in repeat.members}) > 1
        assert repeat.because
        assert {row.kind for row in repeat.members} == {ElementKind.FINDING}
        for because in repeat.because:
            for one, other in pairwise(repeat.members):
                assert shared(one, other, because.common)
                assert not because.facets or one.facets == other.facets == because.facets
    members = [repeat.members for repeat in found.repeats]
    assert len(members) == len(set(members))


def shared(one: Row, other: Row, common: str) -> bool:
    if common in {"kk", "ru", "en"}:
        a, b = (getattr(row.text, common).casefold() for row in (one, other))
        return bool("".join(filter(str.isalnum, a)) == "".join(filter(str.isalnum, b)) != "")
    return common in {*one.objects, *one.spheres} & {*other.objects, *other.spheres}


@unhurried
@given(filed())
def test_years_are_compared_with_the_year_before_and_add_up(reports: Filed) -> None:
    found = consolidate(reports, PLACES)
    for difference in found.count_differences:
        assert (difference.change is None) == (difference.why_not is not None)
        for figure, year in ((difference.now, difference.year), (difference.before, difference.year - 1)):
            of_year = (row for row in found.rows if row.year == year)
            under = [row for row in of_year if difference.key in keys_of(row, difference.dimension)]
            assert figure.total == len(under)
    for pair in found.indicator_differences:
        assert (pair.now.year, pair.before.year) == (pair.year, pair.year - 1)
        if pair.change is not None:
            assert pair.now.measured
            assert pair.before.measured
            assert pair.before.measured.value + pair.change == pair.now.measured.value
            assert pair.now.measured.unit == pair.before.measured.unit
            assert pair.now.role is pair.before.role


@unhurried
@given(filed(), st.integers(2023, 2026))
def test_what_a_year_shows_of_repeats_and_differences_is_what_the_whole_shows_of_it(
    reports: Filed, year: int
) -> None:
    whole, narrow = consolidate(reports, PLACES), consolidate(reports, PLACES, RegisterFilters(year=year))
    assert narrow.repeats == tuple(r for r in whole.repeats if year in r.years)
    assert narrow.count_differences == tuple(d for d in whole.count_differences if d.year == year)
    assert narrow.indicator_differences == tuple(d for d in whole.indicator_differences if d.year == year)
