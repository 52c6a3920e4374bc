"""What a duty of rule 13 is at a moment: the fold of its journal. Plain data."""

from datetime import date

from models.events import Briefing, DutyPeriod, PeriodVerdict
from models.proceeding.state import Proceeding
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Kind, Mark, ReportNumber, duty_workflow_id


class Evidence(Model):
    """A monitoring with an approved report, as it counts for the duty."""

    number: ReportNumber
    version: int
    counted_on: date
    approved_on: date
    publication_due: bool
    published_on: date | None = None

    @property
    def publication_owed(self) -> bool:
        """Rule 19: its own open item, whatever becomes of the duty."""
        return self.publication_due and self.published_on is None


class PastPeriod(Model):
    """A period that is over: how it ended, and what later evidence made of it."""

    period: DutyPeriod
    verdict: PeriodVerdict
    corrected: PeriodVerdict | None = None

    @property
    def standing(self) -> PeriodVerdict:
        """What holds now."""
        return self.corrected or self.verdict


class DutyState(Proceeding):
    duty_mark: Mark
    kind: Kind
    briefing: Briefing
    period: DutyPeriod | None = None
    evidence: dict[ReportNumber, Evidence] = {}
    past: tuple[PastPeriod, ...] = ()
    ended_on: date | None = None

    @property
    def mark(self) -> Mark:
        return self.duty_mark

    @property
    def workflow_id(self) -> str:
        return duty_workflow_id(self.organisation, self.kind)

    @property
    def responsible(self) -> Id:
        return self.organisation

    @property
    def ended(self) -> bool:
        return self.ended_on is not None

    @property
    def organisation(self) -> Id:
        return self.briefing.body.organisation

    def within(self, period: DutyPeriod) -> tuple[Evidence, ...]:
        """What counts for a period."""
        return tuple(e for e in self.evidence.values() if period.contains(e.counted_on))

    @property
    def fulfilled(self) -> bool:
        """Whether the current period has what it asks for."""
        return self.period is not None and bool(self.within(self.period))
