"""What changed from one year to the next (beyond the Rules): counts by sphere and object, and indicators.

*Counts.* A sphere or object is compared in a year and the year before it. Where no report of one of the two
years is about it, there is nothing to compare, which is another thing than a count of nought.

*Indicators.* Two quantitative indicators are put beside each other if they have the same name in one
language, stand in reports of two years in a row, and are about a common object; or about a common sphere with
a common conductor. Their values are comparable where unit, role and the whole scope (objects and spheres)
agree. An indicator is put beside all that it can be compared with; where there is none, beside the one that
differs least, with the reasons.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum

from models.register.counting import Count, Dimension, count, keys_of
from models.register.filed import ReportLine
from models.register.rows import Row
from models.register.wording import plain
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language
from models.words.folding import folded

COMPARED = (Dimension.SPHERE, Dimension.OBJECT)


class NotComparable(StrEnum):
    """Why two years, or two values, cannot be compared."""

    NO_REPORT_BEFORE = "no_report_before"
    NO_REPORT_NOW = "no_report_now"
    UNIT_DIFFERS = "unit_differs"
    ROLE_DIFFERS = "role_differs"
    SCOPE_DIFFERS = "scope_differs"


class CountDifference(Model):
    """One sphere or object in a year and the year before."""

    dimension: Dimension
    key: str
    year: int
    now: Count
    before: Count
    why_not: NotComparable | None = None

    @property
    def change(self) -> int | None:
        """More findings (above nought) or fewer than the year before; None where it cannot be compared."""
        return None if self.why_not else self.now.findings - self.before.findings


class IndicatorDifference(Model):
    """One indicator in a year and the year before."""

    year: int
    now: Row
    before: Row
    why_not: tuple[NotComparable, ...] = ()

    @property
    def change(self) -> Decimal | None:
        """The value less the value before; None where they cannot be compared."""
        now, before = self.now.measured, self.before.measured
        if self.why_not or now is None or before is None:
            return None
        return now.value - before.value


def count_differences(lines: Iterable[ReportLine], rows: Iterable[Row]) -> tuple[CountDifference, ...]:
    """Each sphere and object, year by year, the newest first; the first year of all has none before it."""
    lines, rows = tuple(lines), tuple(rows)
    years = sorted({line.year for line in lines})[1:]
    return tuple(
        difference
        for year in reversed(years)
        for dimension in COMPARED
        for difference in _of_year(year, dimension, lines, rows)
    )


def _of_year(
    year: int, dimension: Dimension, lines: tuple[ReportLine, ...], rows: tuple[Row, ...]
) -> Iterator[CountDifference]:
    told = {at: _told_of(dimension, lines, at) for at in (year, year - 1)}
    under = {at: _under(dimension, rows, at) for at in (year, year - 1)}
    for key in sorted(told[year] | told[year - 1]):
        yield CountDifference(
            dimension=dimension,
            key=key,
            year=year,
            now=count(key, under[year].get(key, ())),
            before=count(key, under[year - 1].get(key, ())),
            why_not=_not_told(key in told[year], key in told[year - 1]),
        )


def _told_of(dimension: Dimension, lines: tuple[ReportLine, ...], year: int) -> set[str]:
    """What the reports of a year are about, be there findings in them or not."""
    of_year = [line for line in lines if line.year == year]
    if dimension is Dimension.SPHERE:
        return {key for line in of_year for key in line.spheres}
    return {key for line in of_year for key in line.objects}


def _under(dimension: Dimension, rows: tuple[Row, ...], year: int) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.year == year:
            for key in keys_of(row, dimension):
                found.setdefault(key, []).append(row)
    return found


def _not_told(now: bool, before: bool) -> NotComparable | None:
    if not before:
        return NotComparable.NO_REPORT_BEFORE
    return None if now else NotComparable.NO_REPORT_NOW


def indicator_differences(rows: Iterable[Row]) -> tuple[IndicatorDifference, ...]:
    """The pairs of indicators of two years in a row, the newest first."""
    measured = [row for row in rows if row.measured is not None]
    named: dict[tuple[Language, str, int], list[Row]] = {}
    for row in measured:
        for language, name in _names(row):
            named.setdefault((language, name, row.year), []).append(row)
    found = (each for now in measured for each in _nearest(now, _namesakes(now, named)))
    return tuple(sorted(found, key=lambda each: (-each.year, _mark(each.now), _mark(each.before))))


def _namesakes(now: Row, named: Mapping[tuple[Language, str, int], list[Row]]) -> list[Row]:
    """The indicators of the year before that bear the same name and are about the same, each once."""
    found = {
        _mark(before): before
        for language, name in _names(now)
        for before in named.get((language, name, now.year - 1), ())
        if _about_the_same(now, before)
    }
    return list(found.values())


def _nearest(now: Row, others: Iterable[Row]) -> Iterator[IndicatorDifference]:
    """All that can be compared, else the one that differs least."""
    pairs = [_difference(now, before) for before in others]
    comparable = [pair for pair in pairs if not pair.why_not]
    if comparable or not pairs:
        yield from comparable
    else:
        yield min(pairs, key=lambda pair: (len(pair.why_not), _mark(pair.before)))


def _names(row: Row) -> Iterator[tuple[Language, str]]:
    for language in Language:
        name = plain(str(getattr(row.text, language.value)))
        if name:
            yield language, name


def _mark(row: Row) -> tuple[str, str]:
    return (row.source.report, row.source.element)


def _about_the_same(now: Row, before: Row) -> bool:
    sphere_of_one = _common(now.spheres, before.spheres) and _common(now.conductors, before.conductors)
    return _common(now.objects, before.objects) or sphere_of_one


def _common(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return not set(some).isdisjoint(others)


def _difference(now: Row, before: Row) -> IndicatorDifference:
    agree = {
        NotComparable.UNIT_DIFFERS: _unit(now) == _unit(before),
        NotComparable.ROLE_DIFFERS: now.role is before.role,
        NotComparable.SCOPE_DIFFERS: (now.objects, now.spheres) == (before.objects, before.spheres),
    }
    why_not = tuple(reason for reason, same in agree.items() if not same)
    return IndicatorDifference(year=now.year, now=now, before=before, why_not=why_not)


def _unit(row: Row) -> str:
    """«%» is no word: a unit is compared as it is written, but for case and blanks."""
    return " ".join(folded(row.measured.unit).split()) if row.measured else ""
