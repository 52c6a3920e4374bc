"""The inbox as decisions ask it (rules 17, 18): what its list said when it was read.

The list is kept in rows. Whoever gives a command, or tells of a report, reads them first and says as of which
line of the journal: the consolidation itself remembers what changed since (`models/consolidation/lately.py`).
"""

from datetime import date
from typing import Final

from models.report.received import ReceivedReport, Way
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Sha256

NAMED: Final = 20
"""Reports that a completed round names; of all others it says how many they are."""


class KnownReport(Model):
    """What a decision asks of a report that lies in the inbox."""

    id: Id
    way: Way
    version: int
    considered_on: date | None = None
    file: Sha256 | None = None


def known_of(report: ReceivedReport) -> KnownReport:
    """What decisions ask of a whole report."""
    considered_on = report.considered.on if report.considered else None
    return KnownReport(
        id=report.id, way=report.way, version=report.version, considered_on=considered_on, file=report.file
    )


class InboxRead(Model):
    """What was read of one report, and of one file, as of a line of the journal."""

    as_of: int
    report: KnownReport | None = None
    of_file: Id | None = None  # the report that came with the file


class FirstOf(Model):
    """Reports by their numbers: at most `NAMED` of them, and how many there are besides."""

    first: tuple[Id, ...] = ()
    besides: int = 0

    @property
    def count(self) -> int:
        return len(self.first) + self.besides


class RoundRead(Model):
    """What was considered in a review round and what waited, as of a line of the journal."""

    as_of: int
    considered: FirstOf
    unconsidered: FirstOf


class InboxTally(Model):
    """The inbox in numbers."""

    by_way: dict[Way, int] = {}
    waiting: int = 0  # for consideration

    @property
    def received(self) -> int:
        return sum(self.by_way.values())
