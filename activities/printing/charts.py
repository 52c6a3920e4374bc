"""Charts as SVG, of words and numbers alone: the same for pages and for paper. Pure.

A pattern stands beside each colour, a name and a description stand in the picture, and whoever shows one puts
a table under it. Nothing in it needs a stylesheet or a script.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from textwrap import wrap
from typing import Final

from models.vocabulary.base import Model

WIDTH: Final = 320
"""Units across: the width of the smallest phone, where a unit is a pixel."""
_LABEL: Final = 34  # letters of a label that fit across
_MOST_LINES: Final = 8  # of a label: the table has the rest
_LINE, _BAR, _TOP = 15, 16, 4
_HIGH: Final = 150  # of a trend
_SAID: Final = 130  # across, for a value in words at the end of its bar
_BESIDE: Final = 16  # letters that fit there; more stand under the bar

# Colours of at least 3:1 to white paper and to a dark page, each with hatching of its own.
_FILLS: Final = (
    ("#3a7fbd", ""),
    ("#2e8b57", "M0,8 L8,0"),
    ("#c2691c", "M0,0 L8,8"),
    ("#c8505a", "M0,4 H8"),
    ("#8a63b8", "M4,0 V8"),
    ("#7c858d", "M0,4 H8 M4,0 V8"),
    ("#1f8a8c", "M0,0 L8,8 M0,8 L8,0"),
    ("#9a6b45", "M2,2 H4 M6,6 H8"),
    ("#7d8021", "M2,0 V8 M5,0 V8"),
)
_DASHES: Final = ("", "6 3", "2 3", "8 3 2 3", "1 4", "10 4", "4 4", "12 3 3 3", "3 6")


class Series(Model):
    """One thing that is counted: a value for each label of the chart."""

    name: str
    values: tuple[int, ...]


class Chart(Model):
    """What is drawn; `id` is a word of letters and hyphens, once on its page."""

    id: str
    title: str
    description: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


class Bar(Model):
    """A measured value, not below zero, and how it is written."""

    value: Decimal
    said: str


class Comparison(Model):
    """What is drawn side by side: for each label a bar of each name, or none where nothing is known."""

    id: str
    title: str
    description: str
    labels: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[Bar | None, ...], ...]


def compared(chart: Comparison) -> str:
    """The bars of a label under each other, on one scale for all; each has its value in words, at its end or,
    where that is long, under it."""
    most = max((bar.value for row in chart.rows for bar in row if bar), default=Decimal(0)) or Decimal(1)
    parts, top = [*_hatchings(chart.id, len(chart.names))], float(_TOP)
    for label, row in zip(chart.labels, chart.rows, strict=True):
        said, top = _lines(0, top, label)
        parts += said
        for number, bar in enumerate(row):
            if bar is None:
                continue
            wide = float(bar.value * (WIDTH - _SAID) / most)
            parts.append(
                f'<rect x="0" y="{top:.0f}" width="{max(wide, 1):.1f}" height="{_BAR}" '
                f'fill="{_fill(chart.id, number)}"/>'
            )
            if len(bar.said) <= _BESIDE:
                parts.append(_text(max(wide, 1) + 4, top + 13, bar.said))
                top += _BAR + 2
            else:
                said, top = _lines(0, top + _BAR + 2, bar.said)
                parts += said
        top += 7
    legend, foot = _legend(chart.id, chart.names, top)
    return _picture(chart, int(foot) + _TOP, [*parts, *legend])


def bars(chart: Chart) -> str:
    """A bar for each label, of one part for each series, with the sum at its end."""
    sums = [sum(each.values[row] for each in chart.series) for row in range(len(chart.labels))]
    most = max(sums, default=0) or 1
    parts, top = [*_hatchings(chart.id, len(chart.series))], float(_TOP)
    for row, label in enumerate(chart.labels):
        left = 0.0
        said, top = _lines(0, top, label)
        parts += said
        for number, each in enumerate(chart.series):
            wide = each.values[row] * (WIDTH - 40) / most
            if wide:
                parts.append(
                    f'<rect x="{left:.1f}" y="{top:.0f}" width="{wide:.1f}" height="{_BAR}" '
                    f'fill="{_fill(chart.id, number)}"/>'
                )
            left += wide
        parts.append(_text(left + 4, top + 13, str(sums[row])))
        top += _BAR + 7
    legend, foot = _legend(chart.id, [each.name for each in chart.series], top)
    return _picture(chart, int(foot) + _TOP, [*parts, *legend])


def trend(chart: Chart) -> str:
    """A line for each series from the first label to the last one; each value is marked and told."""
    most = max((value for each in chart.series for value in each.values), default=0) or 1
    step = (WIDTH - 40) / max(1, len(chart.labels) - 1)
    foot = _TOP + 16 + _HIGH
    parts = [
        *_hatchings(chart.id, len(chart.series)),
        f'<path d="M0,{foot} H{WIDTH}" stroke="currentColor" fill="none"/>',
    ]
    every = max(1, -(-len(chart.labels) // 6))  # as many labels as fit across
    for at, label in enumerate(chart.labels):
        if at % every == 0:
            parts.append(_text(16 + at * step, foot + 16, label, "middle"))
    for number, each in enumerate(chart.series):
        colour, _ = _FILLS[number % len(_FILLS)]
        points = [(16 + at * step, foot - value * _HIGH / most) for at, value in enumerate(each.values)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2.5" '
            f'stroke-dasharray="{_DASHES[number % len(_DASHES)]}"/>'
        )
        for (x, y), value in zip(points, each.values, strict=True):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>')
            parts.append(_text(x, y - 6, str(value), "middle"))
    legend, below = _legend(chart.id, [each.name for each in chart.series], foot + 24)
    return _picture(chart, int(below) + _TOP, [*parts, *legend])


def _picture(chart: Chart | Comparison, high: int, parts: list[str]) -> str:
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {high}" '
        f'aria-labelledby="{chart.id}-title {chart.id}-desc" font-size="13" fill="currentColor">'
        f'<title id="{chart.id}-title">{escape(chart.title)}</title>'
        f'<desc id="{chart.id}-desc">{escape(chart.description)}</desc>{"".join(parts)}</svg>'
    )


def _hatching(chart: str, number: int) -> str:
    return f"{chart}-fill-{number % len(_FILLS)}"


def _fill(chart: str, number: int) -> str:
    """The colour itself where nothing stands beside it: tiles of one colour would show their seams."""
    colour, lines = _FILLS[number % len(_FILLS)]
    return f"url(#{_hatching(chart, number)})" if lines else colour


def _hatchings(chart: str, many: int) -> Iterator[str]:
    for number in range(min(many, len(_FILLS))):
        colour, lines = _FILLS[number]
        if not lines:
            continue
        yield (
            f'<pattern id="{_hatching(chart, number)}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="{colour}"/>'
            f'<path d="{lines}" stroke="#fff" stroke-width="1.5" fill="none"/></pattern>'
        )


def _legend(chart: str, names: Sequence[str], top: float) -> tuple[list[str], float]:
    """The key to the fills, and where it ends."""
    parts: list[str] = []
    for number, name in enumerate(names):
        fill = f'fill="{_fill(chart, number)}"'
        parts.append(f'<rect x="0" y="{top:.0f}" width="14" height="14" {fill}/>')
        said, top = _lines(20, top, name)
        parts += said
        top += 3
    return parts, top


def _lines(x: float, top: float, words: str) -> tuple[list[str], float]:
    """Words in as many lines as they need from `top` on, and where they end."""
    lines = wrapped(words)
    return [_text(x, top + 12 + _LINE * at, line) for at, line in enumerate(lines)], top + _LINE * len(
        lines
    ) + 2


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def wrapped(words: str) -> tuple[str, ...]:
    """Lines that fit across; a word that is longer is parted. Nothing is left out of what anybody reads."""
    lines = wrap(words, _LABEL, break_on_hyphens=False) or [""]
    if len(lines) <= _MOST_LINES:
        return tuple(lines)
    return (*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][: _LABEL - 1].rstrip()}…")
