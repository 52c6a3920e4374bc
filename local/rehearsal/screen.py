"""How the rehearsal is shown: a line per event and letter by month, and what came of it."""

from collections import Counter
from datetime import date
from itertools import groupby
from typing import Final

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from local.rehearsal.days import Days
from local.rehearsal.rehearse import Rehearsed
from local.rehearsal.timetable import Happened
from local.rehearsal.words import Words
from locales.dates import say_month
from models.calendar.country import COUNTRY
from models.duty.state import PastPeriod

LETTER: Final = "✉"


def shows(console: Console, rehearsed: Rehearsed) -> None:
    """The timetable, then the tables."""
    _timetable(console, rehearsed)
    _duties(console, rehearsed)
    _rounds(console, rehearsed)
    _letters(console, rehearsed)
    truth = rehearsed.truth
    console.print(
        f"State = projection = fold(journal) held for all {truth.proceedings} proceedings "
        f"({truth.entries} entries); all {truth.histories} histories replayed; "
        f"{truth.letters} letters arrived, none twice.",
        highlight=False,
        soft_wrap=True,
    )


def _timetable(console: Console, rehearsed: Rehearsed) -> None:
    words, silence = rehearsed.words, rehearsed.days.outage_begins
    for month, lines in groupby(rehearsed.lines, key=lambda line: _day(line).replace(day=1)):
        console.rule(f"[bold]{say_month(words.language, month)} {month.year}", align="left")
        for day, of_day in groupby(lines, key=_day):
            if day >= silence:
                _outage(console, rehearsed.days)
                silence = date.max
            for line in of_day:
                console.print(_said(line, words), highlight=False, soft_wrap=True)


def _outage(console: Console, days: Days) -> None:
    words = f"no worker ran from {days.outage_begins} to {days.outage_over}: what was missed follows"
    console.print(f"[red]{words:>76}[/]", highlight=False, soft_wrap=True)


def _day(line: Happened) -> date:
    return line.at.astimezone(COUNTRY).date()


def _said(line: Happened, words: Words) -> str:
    at = f"{line.at.astimezone(COUNTRY):%Y-%m-%d %H:%M}"
    said = escape(words.of(line))
    return f"{at}  [cyan]{line.mark:<14}[/] " + (f"[green]{LETTER} {said}[/]" if line.letter else said)


def _duties(console: Console, rehearsed: Rehearsed) -> None:
    table = _table("Duties (rule 13)", "duty", "owed by", "periods that are over", "in course")
    for duty in rehearsed.duties:
        past = "\n".join(_verdict(period, rehearsed.words) for period in duty.past)
        course = "fulfilled" if duty.fulfilled else "open"
        table.add_row(duty.mark, duty.organisation, past, course)
    console.print(table)


def _verdict(past: PastPeriod, words: Words) -> str:
    said = f"{past.period.begins_on} – {past.period.ends_on}: {words.term(past.verdict)}"
    return f"{said}, corrected: {words.term(past.corrected)}" if past.corrected else said


def _rounds(console: Console, rehearsed: Rehearsed) -> None:
    table = _table("Review rounds (rule 18)", "round", "from", "until", "outcome")
    for past in rehearsed.consolidation.past:
        days = (str(past.round.begins_on), str(past.round.ends_on))
        table.add_row(str(past.round.serial), *days, rehearsed.words.term(past.outcome))
    console.print(table)


def _letters(console: Console, rehearsed: Rehearsed) -> None:
    kinds = Counter(line.letter.kind for line in rehearsed.lines if line.letter)
    table = _table("Letters", "kind", "sent")
    for kind, count in sorted(kinds.items(), key=lambda each: (-each[1], each[0])):
        table.add_row(rehearsed.words.term(kind), str(count))
    console.print(table)


def _table(title: str, *columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAVY, title=title, title_justify="left")
    for name in columns:
        table.add_column(name)
    return table
