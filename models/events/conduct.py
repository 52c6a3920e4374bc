"""The start and the gathering of information (rules 2, 5, 7-11, 14)."""

from datetime import date
from typing import Literal

from models.agenda.deadline import Deadline
from models.calendar.working import WorkingCalendar
from models.report.facts import ContentPin
from models.vocabulary.actors import Authority
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.editions import Edition
from models.vocabulary.procedure import Activity, Id, InformationOutcome, Kind, Number, SourceKind, Step
from models.vocabulary.texts import NoteHash


class MonitoringStarted(Model):
    """Rules 2, 3, 5, 9-11, 14: a monitoring began under its number, with the edition and calendar it keeps.

    `studied_from` and `studied_until` are local dates of the period studied, not of the conduct (A9).
    Where `co_conductors_confirm`, `conductors` are the lead alone, and a line of its own names each other;
    without it, as in journals of earlier releases, all of them conduct by the lead's word.
    `rule_5_by_period` where rule 5 was asked about the days of that period: so it is at the approval.
    """

    type: Literal["monitoring_started"] = "monitoring_started"
    number: Number
    kind: Kind
    edition: Edition
    calendar: WorkingCalendar
    conductors: tuple[Body, ...]
    spheres: tuple[Id, ...]
    objects: tuple[Body, ...]
    studied_from: date
    studied_until: date
    title: NoteHash
    authorized_body: Id
    agreements: tuple[Authority, ...] = ()
    co_conductors_confirm: bool = False
    rule_5_by_period: bool = False


class CollectionBegun(Model):
    """Rule 8: the conduct began, on a local date that the form prints as its start.

    `edition` where that of the day is another one than on the day of the start: it is the one that holds.
    """

    type: Literal["collection_begun"] = "collection_begun"
    began_on: date
    edition: Edition | None = None


class ActivityRecorded(Model):
    """Rule 8: one of the five activities was done on a local date."""

    type: Literal["activity_recorded"] = "activity_recorded"
    activity: Activity
    done_on: date
    note: NoteHash


class CollectionCompleted(Model):
    """Rules 7, 8: collecting is complete; the sources are pinned as they stood."""

    type: Literal["collection_completed"] = "collection_completed"
    content: ContentPin


class AnalysisCompleted(Model):
    """Rule 8: the analysis is complete; indicators and findings are pinned as they stood."""

    type: Literal["analysis_completed"] = "analysis_completed"
    content: ContentPin


class StepCompleted(Model):
    """Rule 14: an other subject completed one of its four steps, on a local date."""

    type: Literal["step_completed"] = "step_completed"
    step: Step
    completed_on: date
    content: ContentPin


class InformationRequested(Model):
    """Rules 7, 8: a body that holds information was asked for it, by the date of the deadline."""

    type: Literal["information_requested"] = "information_requested"
    request: Id
    holder: Id
    source_kind: SourceKind
    question: NoteHash
    deadline: Deadline


class InformationRequestAnswered(Model):
    """Rules 7, 8: the body asked provided the information or declined."""

    type: Literal["information_request_answered"] = "information_request_answered"
    request: Id
    outcome: InformationOutcome
    answer: NoteHash
    source: Id | None = None


class InformationRequestWithdrawn(Model):
    """Rules 7, 8: the information is not asked for any more. `told`: its holder is written to."""

    type: Literal["information_request_withdrawn"] = "information_request_withdrawn"
    request: Id
    reason: NoteHash
    told: bool = False
