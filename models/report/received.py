"""Rule 17: a report that reached the authorized body for consolidation, and what became of it (rule 18)."""

from datetime import date
from enum import StrEnum

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Kind, Sha256
from models.vocabulary.texts import NoteHash


class Way(StrEnum):
    """How a report came into the authorized body's hands."""

    SENT = "sent"  # by a division or another subject, through its monitoring (rule 17)
    OWN = "own"  # the authorized body's own monitoring: nothing is sent, all of it is there (rule 20)
    PAPER = "paper"  # on paper or by e-mail, registered by hand with its file


class Considered(Model):
    """Rule 18: considered and analysed; `by` is the account where it is known here."""

    on: date
    note: NoteHash
    by: Id | None = None


class ReceivedReport(Model):
    """One report of the inbox, as it stands: the current version of it. Dates are local (Asia/Almaty)."""

    id: Id  # a monitoring's registration number, or the registration number of a paper report
    way: Way
    conductor: Id  # the organisation that answers for it, the first of several
    kind: Kind
    version: int = 1
    content: Sha256  # the frozen `ReportContent` it can be recomputed from
    started_on: date | None = None  # of a paper report, as far as known
    ended_on: date | None = None  # the last day of conduct; its year is the report's year
    approved_on: date | None = None  # of a paper report, as far as known
    received_on: date
    of_rule_13: bool = False  # a paper report's conductor is one of those that owe monitorings
    file: Sha256 | None = None  # a paper report's scan or file
    considered: Considered | None = None

    @property
    def awaits_consideration(self) -> bool:
        """Rule 18 speaks of the reports of divisions and other subjects, not of the body's own."""
        return self.way is not Way.OWN and self.considered is None
