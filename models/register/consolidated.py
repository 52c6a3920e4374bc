"""The register as a whole: which reports it rests on, their elements, counts, repeats and differences."""

from collections.abc import Iterable

from models.register.counting import Count, Dimension, count, counts_by
from models.register.differences import (
    CountDifference,
    IndicatorDifference,
    count_differences,
    indicator_differences,
)
from models.register.filed import FiledReport, Places, ReportLine, line_of
from models.register.filters import RegisterFilters
from models.register.repeats import Repeat, repeats_among
from models.register.rows import Row, in_order, rows_of
from models.vocabulary.base import Model

WHOLE = "whole"


class ConsolidatedRegister(Model):
    """What the filed reports say together. A year that is asked for narrows rows and counts; repeats and
    differences are looked for in all years, and those that touch the year are shown."""

    filters: RegisterFilters
    reports: tuple[ReportLine, ...]
    rows: tuple[Row, ...]
    total: Count
    counts: dict[Dimension, tuple[Count, ...]]
    repeats: tuple[Repeat, ...]
    count_differences: tuple[CountDifference, ...]
    indicator_differences: tuple[IndicatorDifference, ...]


ALL = RegisterFilters()


def consolidate(
    filed: Iterable[FiledReport], places: Places, filters: RegisterFilters = ALL
) -> ConsolidatedRegister:
    """Compute the register. The order of the reports says nothing."""
    reports = sorted(filed, key=lambda each: each.received.id)
    lines = [(each, line_of(each, places)) for each in reports]
    wide = filters.all_years()
    kept = [(each, line) for each, line in lines if wide.covers(line)]
    of_all_years = tuple(sorted((row for pair in kept for row in rows_of(*pair)), key=in_order))
    rows = tuple(row for row in of_all_years if filters.show(row))
    compared = count_differences((line for _, line in kept), of_all_years)
    measured = indicator_differences(of_all_years)
    return ConsolidatedRegister(
        filters=filters,
        reports=filters.covered(line for _, line in kept),
        rows=rows,
        total=count(WHOLE, rows),
        counts={dimension: counts_by(dimension, rows) for dimension in Dimension},
        repeats=tuple(r for r in repeats_among(of_all_years) if filters.year in (None, *r.years)),
        count_differences=tuple(d for d in compared if filters.year in (None, d.year)),
        indicator_differences=tuple(d for d in measured if filters.year in (None, d.year)),
    )
