"""What the authorized body's consolidation is at a moment: the fold of its journal. Plain data."""

from datetime import date

from models.events import ConsolidationBriefing, ReviewRound, RoundOutcome
from models.proceeding.state import Proceeding
from models.report.received import ReceivedReport
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Mark, consolidation_workflow_id
from models.vocabulary.texts import NoteHash


class Completion(Model):
    """How a round was completed: when, with which conclusion, over which reports."""

    completed_on: date
    note: NoteHash
    reports: tuple[Id, ...] = ()
    unconsidered: tuple[Id, ...] = ()


class PastRound(Model):
    """A round that is over."""

    round: ReviewRound
    outcome: RoundOutcome
    completion: Completion | None = None


class ConsolidationState(Proceeding):
    consolidation_mark: Mark
    organisation: Id  # the authorized body it is of, whatever the registries say later
    briefing: ConsolidationBriefing
    inbox: dict[Id, ReceivedReport] = {}
    round: ReviewRound | None = None
    completion: Completion | None = None  # of the round in course
    past: tuple[PastRound, ...] = ()
    ended_on: date | None = None

    @property
    def mark(self) -> Mark:
        return self.consolidation_mark

    @property
    def workflow_id(self) -> str:
        return consolidation_workflow_id(self.organisation)

    @property
    def responsible(self) -> Id:
        return self.organisation

    @property
    def ended(self) -> bool:
        return self.ended_on is not None

    @property
    def unconsidered(self) -> tuple[ReceivedReport, ...]:
        """What waits for consideration. The authorized body's own reports are its own word already."""
        return tuple(r for r in self.inbox.values() if r.awaits_consideration)

    def round_of(self, serial: int) -> ReviewRound | None:
        """A round by its number, in course or past."""
        known = [past.round for past in self.past]
        if self.round is not None:
            known.append(self.round)
        return next((each for each in known if each.serial == serial), None)
