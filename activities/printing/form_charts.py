"""The indicators of a role as charts: those of one unit on one scale, beside what they were before. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final

from activities.printing.charts import Bar, Comparison, compared
from activities.printing.form_words import label, measured
from activities.printing.glyphs import printable
from activities.printing.sheet import Drawn
from models.report.content import Quantitative
from models.vocabulary.procedure import IndicatorRole, Language

MOST_ROWS: Final = 12
"""Indicators in one picture; the table beneath has them all, and so have the pictures together."""
_DIGITS: Final = 24  # a longer number is no length of a bar

Numbered = tuple[int, Quantitative]


def charts_of(figures: Sequence[Numbered], role: IndicatorRole, language: Language) -> tuple[Drawn, ...]:
    """Nothing is drawn that compares nothing: a unit of one value only, or one below zero."""
    drawn = [
        (unit, rows)
        for (unit, _), of_unit in groupby(sorted(figures, key=_scale), key=_scale)
        for rows in _parts(tuple(of_unit))
    ]
    return tuple(
        _drawn(f"chart-{role.value}-{position}", unit, rows, language)
        for position, (unit, rows) in enumerate(drawn, 1)
    )


def _scale(numbered: Numbered) -> tuple[str, int]:
    """On what scale it is: without a unit it is compared with itself alone."""
    number, figure = numbered
    return figure.unit, 0 if figure.unit else number


def _parts(rows: tuple[Numbered, ...]) -> Iterator[tuple[Numbered, ...]]:
    values = [value for _, figure in rows for value in (figure.value, figure.previous) if value is not None]
    if len(values) > 1 and all(value >= 0 and abs(value.adjusted()) < _DIGITS for value in values):
        for first in range(0, len(rows), MOST_ROWS):
            yield rows[first : first + MOST_ROWS]


def _drawn(name: str, unit: str, rows: tuple[Numbered, ...], language: Language) -> Drawn:
    title = ", ".join(filter(None, (label(language, "quantitative"), printable(unit))))
    now, before = label(language, "column_value"), label(language, "column_previous")
    bars = tuple(
        (_bar(f.value, f, language), _bar(f.previous, f, language, f.previous_period)) for _, f in rows
    )
    told = []
    labels = []
    for (number, figure), row in zip(rows, bars, strict=True):
        labels.append(f"{number}. {printable(figure.name.best(language))}")
        said = [f"{word} {bar.said}" for word, bar in zip((now, before), row, strict=True) if bar]
        told.append(f"{labels[-1]}: {', '.join(said)}")
    chart = Comparison(
        id=name,
        title=title,
        description="; ".join(told),
        labels=tuple(labels),
        names=(now, before) if any(row[1] for row in bars) else (now,),
        rows=bars,
    )
    return Drawn(svg=compared(chart), title=title, description=chart.description)


def _bar(value: Decimal | None, figure: Quantitative, language: Language, period: str = "") -> Bar | None:
    """With its unit, and with the period it is of where another one is compared."""
    if value is None:
        return None
    said = (measured(value, printable(figure.unit), language), printable(period))
    return Bar(value=value, said=", ".join(filter(None, said)))
