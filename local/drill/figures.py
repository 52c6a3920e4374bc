"""What a drill prints: a table of figures, and what was broken."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from local.drill.faults.fault import Kind, Outage
from local.drill.promises import Broken, Promise

SHOWN: Final = 10
"""Of each broken promise so many cases are told."""


@dataclass(frozen=True)
class Figures:
    """One drill in numbers."""

    seed: int
    lifecycles: int
    given_up: int
    commands: int
    named: int
    forgotten: int
    replies: int
    writings: int
    moved: int
    letters: int
    doubled: int
    unproved: int
    outages: Sequence[Outage]
    statuses: Counter[str]
    repeated: int
    seconds: float
    judged_seconds: float

    def places(self, kind: Kind) -> Counter[str]:
        """How often each place was struck by a kind."""
        return Counter(each.where for each in self.outages if each.kind is kind)


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
        ("  given up after a database was set back", f"{figures.given_up:,}"),
        ("acknowledged commands", f"{figures.commands:,}"),
        ("  of them lost by a restore, and named", f"{figures.named:,}"),
        ("  of them whose answer both stores forgot", f"{figures.forgotten:,}"),
        ("acknowledged replies by a letter's link", f"{figures.replies:,}"),
        ("acknowledged writings of content", f"{figures.writings:,}"),
        ("deadlines that a changed calendar moved", f"{figures.moved:,}"),
        ("letters that arrived", f"{figures.letters:,}"),
        ("  of them again, under the same Message-ID", f"{figures.doubled:,}"),
        ("  of them withdrawn before they were proved", f"{figures.unproved:,}"),
        *_bad_days(figures),
        ("answers", f"{sum(n for s, n in figures.statuses.items() if s != 'lost'):,}"),
        ("  503", f"{figures.statuses['503']:,}"),
        ("  429", f"{figures.statuses['429']:,}"),
        ("  5xx but 503", f"{sum(errors.values()):,}"),
        ("connections lost", f"{figures.statuses['lost']:,}"),
        ("requests sent again", f"{figures.repeated:,}"),
        ("duration", f"{figures.seconds:.0f} s"),
        ("judgement", f"{figures.judged_seconds:.0f} s"),
    ]


def _bad_days(figures: Figures) -> Iterator[tuple[str, str]]:
    """Each kind with its places, and how long service needed to come back after them."""
    for kind in Kind:
        places = figures.places(kind)
        if not places:
            continue
        yield kind.value, f"{places.total():,}"
        yield from ((f"  {where}", f"{many:,}") for where, many in sorted(places.items()))
        back = [each.back_seconds for each in figures.outages if each.kind is kind]
        yield "  service back after, mean and longest", f"{sum(back) / len(back):.1f} s, {max(back):.1f} s"
