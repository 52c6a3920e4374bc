"""What a viewer sees while the demo plays: a line per step, and a table at the end."""

from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table

_COLOURS = {"A": "cyan", "B": "green", "C": "magenta", "D": "yellow"}


@dataclass(frozen=True)
class Outcome:
    """One played monitoring, for the table."""

    scene: str
    number: str
    kind: str
    title: str
    stage: str
    letters: int
    replies: str
    documents: int
    look: str


class Screen:
    """The console. Scenes speak in turn; each line says which one it is."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console()

    def headline(self, words: str) -> None:
        self.console.rule(f"[bold]{words}", align="left")

    def says(self, scene: str, words: str, rule: str = "") -> None:
        """A step that happened, and the paragraph it follows."""
        colour = _COLOURS.get(scene, "white")
        cited = f"  [dim]§ {rule}[/]" if rule else ""
        self.console.print(f"[bold {colour}]{scene}[/]  {words}{cited}", highlight=False)

    def table(self, outcomes: list[Outcome]) -> None:
        table = Table(box=box.SIMPLE_HEAVY, title="What was played", title_justify="left")
        for name in ("", "number", "who, what", "stage"):
            table.add_column(name, no_wrap=True)
        for name in ("letters", "replies", "PDFs"):
            table.add_column(name, justify="right", no_wrap=True)
        for o in outcomes:
            colour = _COLOURS.get(o.scene, "white")
            figures = (str(o.letters), o.replies, str(o.documents))
            table.add_row(f"[bold {colour}]{o.scene}[/]", o.number, o.kind, o.stage, *figures)
        self.console.print(table)
        for o in outcomes:
            self.console.print(f"{o.scene}  {o.title}", highlight=False)
            self.console.print(f"   {o.look}", highlight=False, soft_wrap=True)
