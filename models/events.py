"""What happened, past tense. The journal is a sequence of entries; the fold of them is the state.

An event never loses a field and every new field has a default: old journals must fold for ever.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from models.actors import Actor, Authority
from models.agenda import Deadline, RungName
from models.base import Model
from models.calendar import WorkingCalendar
from models.commands import Body, HeadDecision, ItemAnswer, NewAddressee, NewMember, Note
from models.editions import Edition
from models.facts import ContentPin
from models.procedure import (
    Activity,
    Agreement,
    CouncilOutcome,
    Id,
    InformationOutcome,
    Kind,
    Language,
    Number,
    Sha256,
    SourceKind,
    Step,
)


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
    title: Note
    authorized_body: Id
    agreements: tuple[Authority, ...] = ()


class CollectionBegun(Model):
    type: Literal["collection_begun"] = "collection_begun"
    began_on: date


class ActivityRecorded(Model):
    type: Literal["activity_recorded"] = "activity_recorded"
    activity: Activity
    done_on: date
    note: Note


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


class WorkingGroupCreated(Model):
    type: Literal["working_group_created"] = "working_group_created"
    decision: HeadDecision


class MemberAppointed(Model):
    """An official of a conductor: a member by the head's decision itself."""

    type: Literal["member_appointed"] = "member_appointed"
    member: NewMember
    replaces: Id | None = None


class MemberInvited(Model):
    type: Literal["member_invited"] = "member_invited"
    member: NewMember
    replaces: Id | None = None
    deadline: Deadline


class InvitationAnswered(Model):
    type: Literal["invitation_answered"] = "invitation_answered"
    member: Id
    consents: bool
    agreement: Agreement = Agreement.UNKNOWN
    note: Note | None = None


class MemberWithdrawn(Model):
    type: Literal["member_withdrawn"] = "member_withdrawn"
    member: Id
    note: Note


class OrganisationAgreementRecorded(Model):
    type: Literal["organisation_agreement_recorded"] = "organisation_agreement_recorded"
    member: Id
    agreement: Agreement
    note: Note | None = None


class InformationRequested(Model):
    type: Literal["information_requested"] = "information_requested"
    request: Id
    holder: Id
    source_kind: SourceKind
    question: Note
    deadline: Deadline


class InformationRequestAnswered(Model):
    type: Literal["information_request_answered"] = "information_request_answered"
    request: Id
    outcome: InformationOutcome
    answer: Note
    source: Id | None = None


class InformationRequestWithdrawn(Model):
    type: Literal["information_request_withdrawn"] = "information_request_withdrawn"
    request: Id
    reason: Note


class ReportSubmitted(Model):
    type: Literal["report_submitted"] = "report_submitted"
    version: int
    content: ContentPin


class Document(Model):
    """One rendered file of a report version, by its hash."""

    rendition: Literal["filed", "public"]
    language: Language
    sha256: Sha256
    size: int


class ReportRendered(Model):
    type: Literal["report_rendered"] = "report_rendered"
    version: int
    documents: tuple[Document, ...]


class ReportReturned(Model):
    type: Literal["report_returned"] = "report_returned"
    version: int
    reason: Note


class ReportApproved(Model):
    type: Literal["report_approved"] = "report_approved"
    version: int
    approved_on: date


class ReportDispatched(Model):
    """The report went on its way to these bodies; `corrects` when it is a corrected version (A12)."""

    type: Literal["report_dispatched"] = "report_dispatched"
    version: int
    dispatched_on: date
    addressees: tuple[NewAddressee, ...]
    deadlines: tuple[Deadline, ...] = ()
    corrects: bool = False


class LetterSent(Model):
    """The mail server took the letter (its 250 reply); `eml` pins the message as sent, kept beside."""

    type: Literal["letter_sent"] = "letter_sent"
    letter: Id
    attempt: int
    eml: Sha256 | None = None


class LetterUndelivered(Model):
    type: Literal["letter_undelivered"] = "letter_undelivered"
    letter: Id
    attempt: int
    code: str  # an SMTP reply code, or a word of `UndeliveredReason`


class LetterResent(Model):
    type: Literal["letter_resent"] = "letter_resent"
    letter: Id


class HandDeliveryRecorded(Model):
    type: Literal["hand_delivery_recorded"] = "hand_delivery_recorded"
    letter: Id
    delivered_on: date
    note: Note


class ReportAcknowledged(Model):
    type: Literal["report_acknowledged"] = "report_acknowledged"
    addressee: Id
    received_on: date


class ReportAnswered(Model):
    type: Literal["report_answered"] = "report_answered"
    addressee: Id
    answers: tuple[ItemAnswer, ...]
    reply: Note


class MoreTimeAsked(Model):
    type: Literal["more_time_asked"] = "more_time_asked"
    addressee: Id
    until: date
    reason: Note


class DeadlineExtended(Model):
    type: Literal["deadline_extended"] = "deadline_extended"
    deadline: Deadline
    previous: date
    reason: Note


class ExtensionRefused(Model):
    type: Literal["extension_refused"] = "extension_refused"
    deadline: Id
    reason: Note


class RungReached(Model):
    """A reminder or an expiry fell due. `silent` when a later rung of the same deadline speaks for it."""

    type: Literal["rung_reached"] = "rung_reached"
    deadline: Id
    rung: RungName
    was_due_at: datetime
    silent: bool = False


class ReportPublished(Model):
    type: Literal["report_published"] = "report_published"
    version: int
    published_on: date
    address: str


class SubmittedToCouncil(Model):
    type: Literal["submitted_to_council"] = "submitted_to_council"
    item: Id
    council: Id
    meeting_at: datetime | None = None


class ConsiderationRecorded(Model):
    type: Literal["consideration_recorded"] = "consideration_recorded"
    item: Id
    considered_on: date
    minutes_number: str
    outcome: CouncilOutcome
    excerpt: Sha256 | None = None
    note: Note | None = None


class WithdrawnFromCouncil(Model):
    type: Literal["withdrawn_from_council"] = "withdrawn_from_council"
    item: Id
    reason: Note


class ReportConsidered(Model):
    """Rule 18: the authorized body considered and analysed the report."""

    type: Literal["report_considered"] = "report_considered"
    considered_on: date
    note: Note


class CorrectionBegun(Model):
    type: Literal["correction_begun"] = "correction_begun"
    reason: Note


class MonitoringCancelled(Model):
    type: Literal["monitoring_cancelled"] = "monitoring_cancelled"
    reason: Note


class MonitoringClosed(Model):
    type: Literal["monitoring_closed"] = "monitoring_closed"
    closed_on: date
    follow_up: Deadline | None = None


class FollowUpEnded(Model):
    type: Literal["follow_up_ended"] = "follow_up_ended"
    reason: Note | None = None


Event = Annotated[
    MonitoringStarted
    | CollectionBegun
    | ActivityRecorded
    | CollectionCompleted
    | AnalysisCompleted
    | StepCompleted
    | WorkingGroupCreated
    | MemberAppointed
    | MemberInvited
    | InvitationAnswered
    | MemberWithdrawn
    | OrganisationAgreementRecorded
    | InformationRequested
    | InformationRequestAnswered
    | InformationRequestWithdrawn
    | ReportSubmitted
    | ReportRendered
    | ReportReturned
    | ReportApproved
    | ReportDispatched
    | LetterSent
    | LetterUndelivered
    | LetterResent
    | HandDeliveryRecorded
    | ReportAcknowledged
    | ReportAnswered
    | MoreTimeAsked
    | DeadlineExtended
    | ExtensionRefused
    | RungReached
    | ReportPublished
    | SubmittedToCouncil
    | ConsiderationRecorded
    | WithdrawnFromCouncil
    | ReportConsidered
    | CorrectionBegun
    | MonitoringCancelled
    | MonitoringClosed
    | FollowUpEnded,
    Field(discriminator="type"),
]


class Entry(Model):
    """One line of the journal: `seq` counts from 1 within the monitoring; `at` is UTC workflow time."""

    seq: int
    at: datetime
    actor: Actor
    command: Id | None = None
    event: Event
