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


class CollectionBegun(Model):
    type: Literal["collection_begun"] = "collection_begun"
    began_on: date


class ActivityRecorded(Model):
    type: Literal["activity_recorded"] = "activity_recorded"
    activity: Activity
    done_on: date
    note: NoteHash


class CollectionCompleted(Model):
    type: Literal["collection_completed"] = "collection_completed"
    content: ContentPin


class AnalysisCompleted(Model):
    type: Literal["analysis_completed"] = "analysis_completed"
    content: ContentPin


class StepCompleted(Model):
    type: Literal["step_completed"] = "step_completed"
    step: Step
    completed_on: date
    content: ContentPin


class InformationRequested(Model):
    type: Literal["information_requested"] = "information_requested"
    request: Id
    holder: Id
    source_kind: SourceKind
    question: NoteHash
    deadline: Deadline


class InformationRequestAnswered(Model):
    type: Literal["information_request_answered"] = "information_request_answered"
    request: Id
    outcome: InformationOutcome
    answer: NoteHash
    source: Id | None = None


class InformationRequestWithdrawn(Model):
    type: Literal["information_request_withdrawn"] = "information_request_withdrawn"
    request: Id
    reason: NoteHash
