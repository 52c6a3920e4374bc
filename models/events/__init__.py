"""What happened, past tense. A journal is a sequence of entries; the fold of them is the state.

An event never loses a field and every new field has a default: old journals must fold for ever.
"""

from datetime import datetime
from typing import Annotated, Final, get_args

from pydantic import Field

from models.events.conduct import (
    ActivityRecorded,
    AnalysisCompleted,
    CollectionBegun,
    CollectionCompleted,
    InformationRequestAnswered,
    InformationRequested,
    InformationRequestWithdrawn,
    MonitoringStarted,
    StepCompleted,
)
from models.events.consolidation import (
    ConsolidationBegun,
    ConsolidationBriefed,
    ConsolidationBriefing,
    ConsolidationEnded,
    InboxKeptApart,
    PaperReportRegistered,
    ReceivedReportConsidered,
    ReportReceived,
    ReviewRound,
    ReviewRoundBegun,
    ReviewRoundCompleted,
    ReviewRoundEnded,
    RoundOutcome,
)
from models.events.dispatch import (
    AddresseeOmitted,
    ConsiderationRecorded,
    ExcerptAdded,
    MoreTimeAsked,
    ReplyAmended,
    ReplyTermExtended,
    ReportAcknowledged,
    ReportAnswered,
    ReportConsidered,
    ReportDispatched,
    SubmittedToCouncil,
    WithdrawnFromCouncil,
)
from models.events.duty import (
    Briefing,
    CountedReportPublished,
    DoneBefore,
    DutyBegun,
    DutyBreached,
    DutyBriefed,
    DutyCorrected,
    DutyEnded,
    DutyFulfilled,
    DutyPeriod,
    DutyPeriodBegun,
    DutyPeriodEnded,
    MonitoringCounted,
    PeriodVerdict,
)
from models.events.ends import FollowUpEnded, MonitoringCancelled, MonitoringClosed
from models.events.follow_up import ImplementationJudged, ImplementationPlanned, ImplementationReported
from models.events.group import (
    InvitationAnswered,
    MemberAppointed,
    MemberInvited,
    MemberWithdrawn,
    OrganisationAgreementRecorded,
    WorkingGroupCreated,
)
from models.events.handing import ConflictDeclared, ConflictLifted, LetterHandedOn, MonitoringReassigned
from models.events.joint import (
    CoConductorNamed,
    CoConductorWithdrawn,
    ConductConfirmed,
    ConductDeclined,
)
from models.events.letters import HandDeliveryRecorded, LetterResent, LetterSent, LetterUndelivered
from models.events.report import (
    CorrectionBegun,
    CorrectionGivenUp,
    Document,
    ReportApproved,
    ReportPublished,
    ReportRendered,
    ReportReturned,
    ReportSubmitted,
)
from models.events.restores import ProceedingReconciled
from models.events.succession import AuthorizedBodyChanged, BodySucceeded, MonitoringTakenOver
from models.events.time import (
    CalendarChanged,
    DeadlineExtended,
    DeadlineMoved,
    DeadlinePaused,
    DeadlineResumed,
    ExtensionRefused,
    RungReached,
)
from models.events.watching import MonitoringRested, News, NewsGathered
from models.vocabulary.actors import Actor
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id

MonitoringEvent = (
    MonitoringStarted
    | CoConductorNamed
    | ConductConfirmed
    | ConductDeclined
    | CoConductorWithdrawn
    | CollectionBegun
    | ActivityRecorded
    | CollectionCompleted
    | AnalysisCompleted
    | StepCompleted
    | InformationRequested
    | InformationRequestAnswered
    | InformationRequestWithdrawn
    | WorkingGroupCreated
    | MemberAppointed
    | MemberInvited
    | InvitationAnswered
    | MemberWithdrawn
    | OrganisationAgreementRecorded
    | ReportSubmitted
    | ReportRendered
    | ReportReturned
    | ReportApproved
    | CorrectionBegun
    | CorrectionGivenUp
    | ReportPublished
    | ReportDispatched
    | AddresseeOmitted
    | ReportAcknowledged
    | ReportAnswered
    | ReplyAmended
    | ImplementationPlanned
    | ImplementationReported
    | ImplementationJudged
    | MoreTimeAsked
    | ReplyTermExtended
    | ReportConsidered
    | SubmittedToCouncil
    | ConsiderationRecorded
    | ExcerptAdded
    | WithdrawnFromCouncil
    | LetterSent
    | LetterUndelivered
    | LetterHandedOn
    | LetterResent
    | HandDeliveryRecorded
    | RungReached
    | DeadlineExtended
    | ExtensionRefused
    | DeadlinePaused
    | DeadlineResumed
    | CalendarChanged
    | DeadlineMoved
    | MonitoringCancelled
    | MonitoringClosed
    | FollowUpEnded
    | BodySucceeded
    | AuthorizedBodyChanged
    | MonitoringTakenOver
    | NewsGathered
    | MonitoringReassigned
    | ConflictDeclared
    | ConflictLifted
    | MonitoringRested
    | ProceedingReconciled
)

DutyEvent = (
    DutyBegun
    | DutyBriefed
    | DutyPeriodBegun
    | MonitoringCounted
    | DutyFulfilled
    | CountedReportPublished
    | DutyPeriodEnded
    | DutyBreached
    | DutyCorrected
    | DutyEnded
    | BodySucceeded
    | LetterSent
    | LetterUndelivered
    | LetterResent
    | RungReached
    | CalendarChanged
    | DeadlineMoved
    | ProceedingReconciled
)

ConsolidationEvent = (
    ConsolidationBegun
    | ConsolidationBriefed
    | InboxKeptApart
    | ReportReceived
    | PaperReportRegistered
    | ReceivedReportConsidered
    | ReviewRoundBegun
    | ReviewRoundCompleted
    | ReviewRoundEnded
    | ConsolidationEnded
    | BodySucceeded
    | LetterSent
    | LetterUndelivered
    | LetterResent
    | RungReached
    | CalendarChanged
    | DeadlineMoved
    | ProceedingReconciled
)

Event = Annotated[MonitoringEvent | DutyEvent | ConsolidationEvent, Field(discriminator="type")]

EVENT_TYPES: Final = frozenset(
    str(kind.model_fields["type"].default)
    for kind in get_args(MonitoringEvent | DutyEvent | ConsolidationEvent)
)
"""The word of each event, as journals have it."""


class Entry(Model):
    """One line of a journal: `seq` counts from 1 within the workflow; `at` is UTC workflow time."""

    seq: int
    at: datetime
    actor: Actor
    command: Id | None = None
    event: Event


__all__ = [
    "EVENT_TYPES",
    "ActivityRecorded",
    "AddresseeOmitted",
    "AnalysisCompleted",
    "AuthorizedBodyChanged",
    "BodySucceeded",
    "Briefing",
    "CalendarChanged",
    "CoConductorNamed",
    "CoConductorWithdrawn",
    "CollectionBegun",
    "CollectionCompleted",
    "ConductConfirmed",
    "ConductDeclined",
    "ConflictDeclared",
    "ConflictLifted",
    "ConsiderationRecorded",
    "ConsolidationBegun",
    "ConsolidationBriefed",
    "ConsolidationBriefing",
    "ConsolidationEnded",
    "ConsolidationEvent",
    "CorrectionBegun",
    "CorrectionGivenUp",
    "CountedReportPublished",
    "DeadlineExtended",
    "DeadlineMoved",
    "DeadlinePaused",
    "DeadlineResumed",
    "Document",
    "DoneBefore",
    "DutyBegun",
    "DutyBreached",
    "DutyBriefed",
    "DutyCorrected",
    "DutyEnded",
    "DutyEvent",
    "DutyFulfilled",
    "DutyPeriod",
    "DutyPeriodBegun",
    "DutyPeriodEnded",
    "Entry",
    "Event",
    "ExcerptAdded",
    "ExtensionRefused",
    "FollowUpEnded",
    "HandDeliveryRecorded",
    "ImplementationJudged",
    "ImplementationPlanned",
    "ImplementationReported",
    "InboxKeptApart",
    "InformationRequestAnswered",
    "InformationRequestWithdrawn",
    "InformationRequested",
    "InvitationAnswered",
    "LetterHandedOn",
    "LetterResent",
    "LetterSent",
    "LetterUndelivered",
    "MemberAppointed",
    "MemberInvited",
    "MemberWithdrawn",
    "MonitoringCancelled",
    "MonitoringClosed",
    "MonitoringCounted",
    "MonitoringEvent",
    "MonitoringReassigned",
    "MonitoringRested",
    "MonitoringStarted",
    "MonitoringTakenOver",
    "MoreTimeAsked",
    "News",
    "NewsGathered",
    "OrganisationAgreementRecorded",
    "PaperReportRegistered",
    "PeriodVerdict",
    "ProceedingReconciled",
    "ReceivedReportConsidered",
    "ReplyAmended",
    "ReplyTermExtended",
    "ReportAcknowledged",
    "ReportAnswered",
    "ReportApproved",
    "ReportConsidered",
    "ReportDispatched",
    "ReportPublished",
    "ReportReceived",
    "ReportRendered",
    "ReportReturned",
    "ReportSubmitted",
    "ReviewRound",
    "ReviewRoundBegun",
    "ReviewRoundCompleted",
    "ReviewRoundEnded",
    "RoundOutcome",
    "RungReached",
    "StepCompleted",
    "SubmittedToCouncil",
    "WithdrawnFromCouncil",
    "WorkingGroupCreated",
]
