"""What a drill prints: a table of figures, and what was broken."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from local.drill.promises import Broken, Promise
from local.stack import Part

SHOWN: Final = 10
"""Of each broken promise so many cases are told."""


@dataclass(frozen=True)
class Figures:
    """One drill in numbers."""

    seed: int
    lifecycles: int
    commands: int
    replies: int
    writings: int
    letters: int
    doubled: int
    unproved: int
    kills: Counter[Part]
    statuses: Counter[str]
    repeated: int
    seconds: float
    judged_seconds: float


def shows(console: Console, figures: Figures, broken: Sequence[Broken]) -> None:
    """Print both; the seed comes first, so that it can be run again."""
    table = Table(
        box=box.SIMPLE, title=f"Drill, seed {figures.seed}", title_justify="left", show_header=False
    )
    table.add_column()
    table.add_column(justify="right")
    for name, figure in _rows(figures):
        table.add_row(name, figure)
    console.print(table)
    for promise in Promise:
        cases = [each.what for each in broken if each.promise is promise]
        verdict = "[bold red]BROKEN[/]" if cases else "[green]kept[/]"
        console.print(f"{verdict}  {promise.value}", highlight=False, soft_wrap=True)
        for case in cases[:SHOWN]:
            console.print(f"        {case}", markup=False, highlight=False, soft_wrap=True)
        if len(cases) > SHOWN:
            console.print(f"        … and {len(cases) - SHOWN} more", highlight=False)


def _rows(figures: Figures) -> list[tuple[str, str]]:
    errors = {s: n for s, n in figures.statuses.items() if s.startswith("5") and s != "503"}
    return [
        ("lifecycles, from start to closing", f"{figures.lifecycles:,}"),
        ("acknowledged commands", f"{figures.commands:,}"),
        ("acknowledged replies by a letter's link", f"{figures.replies:,}"),
        ("acknowledged writings of content", f"{figures.writings:,}"),
        ("letters that arrived", f"{figures.letters:,}"),
        ("  of them again, under the same Message-ID", f"{figures.doubled:,}"),
        ("  of them withdrawn before they were proved", f"{figures.unproved:,}"),
        ("kills", f"{figures.kills.total():,}"),
        *((f"  {part}", f"{figures.kills[part]:,}") for part in Part),
        ("answers", f"{sum(n for s, n in figures.statuses.items() if s != 'lost'):,}"),
        ("  503", f"{figures.statuses['503']:,}"),
        ("  429", f"{figures.statuses['429']:,}"),
        ("  5xx but 503", f"{sum(errors.values()):,}"),
        ("connections lost", f"{figures.statuses['lost']:,}"),
        ("requests sent again", f"{figures.repeated:,}"),
        ("duration", f"{figures.seconds:.0f} s"),
        ("judgement", f"{figures.judged_seconds:.0f} s"),
    ]
