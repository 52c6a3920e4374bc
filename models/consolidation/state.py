"""What the authorized body's consolidation is at a moment: the fold of its journal. Plain data."""

from datetime import date

from models.consolidation.lately import Lately
from models.events import ConsolidationBriefing, ReviewRound, RoundOutcome
from models.proceeding.state import Proceeding
from models.report.received import ReceivedReport
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Mark, consolidation_workflow_id
from models.vocabulary.texts import NoteHash


class Completion(Model):
    """How a round was completed: when, with which conclusion, over which reports.

    Where not all of them are named, it says how many there were besides.
    """

    completed_on: date
    note: NoteHash
    reports: tuple[Id, ...] = ()
    unconsidered: tuple[Id, ...] = ()
    considered_besides: int = 0
    unconsidered_besides: int = 0


class PastRound(Model):
    """A round that is over."""

    round: ReviewRound
    outcome: RoundOutcome
    completion: Completion | None = None


class ConsolidationState(Proceeding):
    consolidation_mark: Mark
    organisation: Id  # the authorized body it is of, whatever the registries say later
    briefing: ConsolidationBriefing
    inbox: dict[Id, ReceivedReport] = {}  # the whole of it, until it is kept apart
    lately: Lately | None = None  # what changed in it lately, once it is
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

    def round_of(self, serial: int) -> ReviewRound | None:
        """A round by its number, in course or past."""
        known = [past.round for past in self.past]
        if self.round is not None:
            known.append(self.round)
        return next((each for each in known if each.serial == serial), None)
