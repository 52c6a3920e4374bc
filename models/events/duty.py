"""The duty of rule 13: its periods, what fulfils it, what was breached, exempted or corrected."""

from datetime import date
from enum import StrEnum
from typing import Literal

from models.agenda.deadline import Deadline
from models.calendar.working import WorkingCalendar
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.editions import Edition
from models.vocabulary.procedure import Id, Kind, Mark, ReportNumber
from models.vocabulary.succession import Succession


class PeriodVerdict(StrEnum):
    """How a period of the duty ended. LAPSED is a thematic interval that passed: a reminder, no violation."""

    FULFILLED = "fulfilled"
    BREACHED = "breached"
    EXEMPT = "exempt"
    LAPSED = "lapsed"


class DutyPeriod(Model):
    """A year or an interval, both local dates included; `exempt` where the body did not exist all through, or
    duties did not count yet."""

    id: Id
    begins_on: date
    ends_on: date
    exempt: bool = False

    def contains(self, day: date) -> bool:
        return self.begins_on <= day <= self.ends_on


class DoneBefore(Model):
    """A monitoring from before the installation, as its founding tells of it. All days are local dates."""

    number: ReportNumber
    kind: Kind
    started_on: date | None = None
    ended_on: date
    approved_on: date


class Briefing(Model):
    """What a duty knows of the registries: facts as of the day they were read.

    As the founding told: `counted_from` is the local date from which duties count here, `done_before` what
    was conducted before it.
    """

    body: Body
    exists_from: date
    exists_until: date | None = None
    authorized_body: Id
    edition: Edition
    counted_from: date | None = None
    done_before: tuple[DoneBefore, ...] = ()
    succession: Succession | None = None  # who came after a body that is no more
    carries_on: bool = False  # the duty of a body that it came after


class DutyBegun(Model):
    """Rule 13: a body owes a kind of monitoring; its duty is kept from here on."""

    type: Literal["duty_begun"] = "duty_begun"
    mark: Mark
    kind: Kind
    briefing: Briefing
    calendar: WorkingCalendar


class DutyBriefed(Model):
    """Rule 13: the registries or the Rules changed; the next period is reckoned by what is known now."""

    type: Literal["duty_briefed"] = "duty_briefed"
    briefing: Briefing


class DutyPeriodBegun(Model):
    """Rule 13: a year (13.1) or an interval (13.2) began, judged by this edition.

    `taken_on` where it runs already and is exempt no more: its body turned out to come after another one.
    """

    type: Literal["duty_period_begun"] = "duty_period_begun"
    period: DutyPeriod
    edition: Edition  # the edition the period is judged by
    deadline: Deadline | None = None
    taken_on: bool = False


class MonitoringCounted(Model):
    """Rule 13: evidence, a monitoring with an approved report. A later version of it takes its place.

    It may have been conducted elsewhere, and its report registered by hand. All its days are local dates.
    """

    type: Literal["monitoring_counted"] = "monitoring_counted"
    number: ReportNumber
    version: int
    counted_on: date  # by which date the edition counts (A3)
    approved_on: date
    publication_due: bool


class DutyFulfilled(Model):
    """Rule 13: the period has what it asks for."""

    type: Literal["duty_fulfilled"] = "duty_fulfilled"
    period: Id
    number: ReportNumber


class CountedReportPublished(Model):
    """Rules 13, 19: a counted comprehensive report is on the web resource since a local date."""

    type: Literal["counted_report_published"] = "counted_report_published"
    number: ReportNumber
    version: int
    published_on: date


class DutyPeriodEnded(Model):
    """Rule 13: the period is over. Its verdict is never rewritten.

    What comes later corrects it by its own event.
    """

    type: Literal["duty_period_ended"] = "duty_period_ended"
    period: Id
    verdict: PeriodVerdict
    numbers: tuple[ReportNumber, ...] = ()


class DutyBreached(Model):
    """Rule 13.1: a year passed without a comprehensive monitoring."""

    type: Literal["duty_breached"] = "duty_breached"
    period: Id


class DutyCorrected(Model):
    """Rule 13: evidence that arrived after the period's end is dated inside it.

    `told`: whoever was told of the breach is told of its correction.
    """

    type: Literal["duty_corrected"] = "duty_corrected"
    period: Id
    verdict: PeriodVerdict
    number: ReportNumber
    told: bool = False


class DutyEnded(Model):
    """Rule 13: the body no longer exists, or no longer owes: nothing more is awaited from it."""

    type: Literal["duty_ended"] = "duty_ended"
    ended_on: date
