"""What people ask for, imperative. Each command is one update of the monitoring's workflow.

Texts (reasons, notes, questions) are kept in the database under their SHA-256; a command carries the hash.
Dates are local (Asia/Almaty); instants are UTC.
"""

from datetime import date

from pydantic import AwareDatetime

from models.agenda.deadline import ReplyPreset
from models.commands.command import Command
from models.report.facts import ContentPin
from models.vocabulary.actors import Authority
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import (
    Activity,
    Agreement,
    Community,
    CouncilOutcome,
    Ground,
    Id,
    InformationOutcome,
    Kind,
    Number,
    Response,
    Sha256,
    SourceKind,
    Step,
    Verdict,
)
from models.vocabulary.texts import NoteHash, ShortText


class StartMonitoring(Command):
    number: Number
    kind: Kind
    conductors: tuple[Body, ...]
    spheres: tuple[Id, ...] = ()
    objects: tuple[Body, ...] = ()
    studied_from: date
    studied_until: date
    title: NoteHash
    authorized_body: Id
    agreements: tuple[Authority, ...] = ()  # by which act each co-conductor agreed to conduct jointly


class BeginCollection(Command):
    began_on: date


class RecordActivity(Command):
    activity: Activity
    done_on: date
    note: NoteHash


class CompleteCollection(Command):
    content: ContentPin


class CompleteAnalysis(Command):
    content: ContentPin


class CompleteStep(Command):
    step: Step
    completed_on: date
    content: ContentPin


class HeadDecision(Model):
    """Rule 12: the decision of the head that creates the working group."""

    head: Id
    post: ShortText
    decided_on: date
    decision_number: ShortText


class NewMember(Model):
    member: Id
    person: Id
    community: Community
    organisation: Id | None = None


class CreateWorkingGroup(Command):
    decision: HeadDecision
    members: tuple[NewMember, ...]


class InviteMember(Command):
    invited: NewMember
    replaces: Id | None = None


class AnswerInvitation(Command):
    member: Id
    consents: bool
    agreement: Agreement = Agreement.UNKNOWN
    note: NoteHash | None = None


class WithdrawMember(Command):
    member: Id
    note: NoteHash


class RecordOrganisationAgreement(Command):
    member: Id
    agreement: Agreement
    note: NoteHash | None = None


class RequestInformation(Command):
    request: Id
    holder: Id
    source_kind: SourceKind
    question: NoteHash
    reply_by: date | None = None


class AnswerInformationRequest(Command):
    request: Id
    outcome: InformationOutcome
    answer: NoteHash
    source: Id | None = None


class WithdrawInformationRequest(Command):
    request: Id
    reason: NoteHash


class SubmitReport(Command):
    content: ContentPin


class ReturnReport(Command):
    version: int
    reason: NoteHash


class ApproveReport(Command):
    version: int


class NewAddressee(Model):
    """To whom the report goes and why that body is interested (rules 17, 20)."""

    body: Body
    ground: Ground
    reason: NoteHash | None = None
    preset: ReplyPreset = ReplyPreset.NONE
    reply_by: date | None = None


class DispatchReport(Command):
    addressees: tuple[NewAddressee, ...]


class ResendLetter(Command):
    letter: Id


class RecordHandDelivery(Command):
    letter: Id
    delivered_on: date
    note: NoteHash


class AcknowledgeReport(Command):
    addressee: Id


class ItemAnswer(Model):
    item: Id
    response: Response
    reasoned: bool = False
    planned_on: date | None = None


class AnswerReport(Command):
    addressee: Id
    answers: tuple[ItemAnswer, ...]
    reply: NoteHash


class ItemImplementation(Model):
    """What an addressee says of one item it accepted; `done_on` is the day it was carried out, if it was."""

    item: Id
    claim: Verdict
    done_on: date | None = None


class ReportImplementation(Command):
    """Beyond the Rules: `words` is the hash of the document with the words and the evidence."""

    addressee: Id
    items: tuple[ItemImplementation, ...]
    words: NoteHash


class JudgeImplementation(Command):
    """Beyond the Rules: the monitor's judgement. With `due_on` the item stays open until that day."""

    item: Id
    verdict: Verdict
    reason: NoteHash
    due_on: date | None = None


class AskMoreTime(Command):
    addressee: Id
    until: date
    reason: NoteHash


class ExtendDeadline(Command):
    deadline: Id
    until: date
    reason: NoteHash
    override: bool = False
    authority: Authority | None = None  # by whose act a second extension is allowed


class PauseDeadline(Command):
    """The clock stops, e.g. while we owe the other side an answer; the working days left are kept."""

    deadline: Id
    reason: NoteHash


class ResumeDeadline(Command):
    deadline: Id


class RefuseExtension(Command):
    deadline: Id
    reason: NoteHash


class PublishReport(Command):
    published_on: date
    address: ShortText  # the page on the authorized body's official web resource


class SubmitToCouncil(Command):
    item: Id
    council: Id
    meeting_at: AwareDatetime | None = None


class RecordConsideration(Command):
    item: Id
    considered_on: date
    minutes_number: ShortText
    outcome: CouncilOutcome
    excerpt: Sha256 | None = None
    note: NoteHash | None = None


class WithdrawFromCouncil(Command):
    item: Id
    reason: NoteHash


class MarkConsidered(Command):
    note: NoteHash


class BeginCorrection(Command):
    reason: NoteHash


class CancelMonitoring(Command):
    reason: NoteHash


class CloseMonitoring(Command):
    pass


class EndFollowUp(Command):
    reason: NoteHash
