"""The consolidation of rules 17 and 18: reports received, considered, and the rounds they are reviewed in."""

from datetime import date
from enum import StrEnum
from typing import Literal

from models.agenda.deadline import Deadline
from models.calendar.working import WorkingCalendar
from models.report.received import Considered, ReceivedReport, Way
from models.vocabulary.base import Model
from models.vocabulary.editions import Edition
from models.vocabulary.procedure import Id, Mark
from models.vocabulary.succession import Succession
from models.vocabulary.texts import NoteHash


class RoundOutcome(StrEnum):
    """How a review round ended. LAPSED is an interval that passed: a reminder, no violation (A4)."""

    COMPLETED = "completed"
    LAPSED = "lapsed"


class ReviewRound(Model):
    """One interval of «regularly», both local dates included; serials count from 1."""

    serial: int
    begins_on: date
    ends_on: date

    @property
    def id(self) -> Id:
        """What its deadline and its letters name as their subject."""
        return str(self.serial)

    def contains(self, day: date) -> bool:
        return self.begins_on <= day <= self.ends_on


class ConsolidationBriefing(Model):
    """What a consolidation knows of the registries: which body it is of today, and the Rules in force."""

    authorized_body: Id
    edition: Edition
    succession: Succession | None = None  # by which act another body is the authorized one


class ConsolidationBegun(Model):
    """Rules 17, 18: the authorized body's inbox and its review rounds are kept from here on."""

    type: Literal["consolidation_begun"] = "consolidation_begun"
    mark: Mark
    briefing: ConsolidationBriefing
    calendar: WorkingCalendar


class ConsolidationBriefed(Model):
    """Rules 17, 18: the registries or the Rules changed; the next round is reckoned by what is known now."""

    type: Literal["consolidation_briefed"] = "consolidation_briefed"
    briefing: ConsolidationBriefing


class ReportReceived(Model):
    """Rule 17: a report came by its monitoring. A corrected version takes the place of the older one."""

    type: Literal["report_received"] = "report_received"
    report: ReceivedReport


class PaperReportRegistered(Model):
    """Rule 17: a report that came on paper or by e-mail was registered by hand."""

    type: Literal["paper_report_registered"] = "paper_report_registered"
    report: ReceivedReport


class InboxKeptApart(Model):
    """Beyond the Rules: from here on the list of what was received is kept apart, and this history remembers
    what changed lately. So much lay in the inbox by then."""

    type: Literal["inbox_kept_apart"] = "inbox_kept_apart"
    received: int


class ReceivedReportConsidered(Model):
    """Rule 18: considered and analysed, in the version that lies in the inbox.

    Lines from before the inbox was kept apart do not say by which way it came, nor in which version.
    """

    type: Literal["received_report_considered"] = "received_report_considered"
    report: Id
    considered: Considered
    way: Way | None = None
    version: int | None = None


class ReviewRoundBegun(Model):
    """Rule 18, A4: the next interval of «regularly» began; `edition` sets its length."""

    type: Literal["review_round_begun"] = "review_round_begun"
    round: ReviewRound
    deadline: Deadline
    edition: Edition  # the edition that sets the interval


class ReviewRoundCompleted(Model):
    """Rule 18, A4: what was received is reviewed; what was not considered by then is named.

    All of it is named in lines from before the inbox was kept apart; since then the first ones, and it is
    said how many there were besides.
    """

    type: Literal["review_round_completed"] = "review_round_completed"
    round: int
    completed_on: date
    note: NoteHash
    reports: tuple[Id, ...] = ()
    unconsidered: tuple[Id, ...] = ()
    considered_besides: int = 0
    unconsidered_besides: int = 0


class ReviewRoundEnded(Model):
    """Rule 18, A4: the interval is over, completed or lapsed; a lapse is a reminder and no violation."""

    type: Literal["review_round_ended"] = "review_round_ended"
    round: int
    outcome: RoundOutcome


class ConsolidationEnded(Model):
    """Rules 17, 18: the body is the authorized body no more; what comes goes to its successor."""

    type: Literal["consolidation_ended"] = "consolidation_ended"
    ended_on: date
