"""What a file of `samples/scenarios/` holds: one monitoring from its start to its end, with all texts.

The parts are the classes of `models.report.content` and the commands of `models.commands`, with
two differences: a text stands where a command carries the text's hash, and a date stands where the clock
would say it. Dates are local (Asia/Almaty), `meeting_at` is an instant.
"""

from datetime import date

from pydantic import AwareDatetime, EmailStr

from local.sample_country import SampleOrganisation
from models.agenda.deadline import ReplyPreset
from models.commands import HeadDecision, ItemAnswer
from models.report.content import Finding, Indicator, Item, ReportDraft, Source, Wording
from models.vocabulary.base import Model
from models.vocabulary.letters import LetterKind
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
    SourceKind,
    Step,
    Verdict,
)
from models.vocabulary.texts import ShortText


class SampleInvitationAnswer(Model):
    answered_on: date
    consents: bool
    agreement: Agreement = Agreement.UNKNOWN
    note: Wording = Wording()


class SampleMember(Model):
    """A member named by the head's decision; `answer` is None for the conductor's own officials (rule 12)."""

    member: Id
    person: Id
    community: Community
    organisation: Id | None = None
    answer: SampleInvitationAnswer | None = None


class SampleWorkingGroup(Model):
    decision: HeadDecision
    members: tuple[SampleMember, ...]


class SampleInformationAnswer(Model):
    answered_on: date
    outcome: InformationOutcome
    answer: Wording
    source: Id | None = None  # the source that the answer became


class SampleInformationRequest(Model):
    request: Id
    holder: Id
    source_kind: SourceKind
    requested_on: date
    reply_by: date | None = None
    question: Wording
    answer: SampleInformationAnswer


class SampleActivity(Model):
    activity: Activity
    done_on: date
    note: Wording


class SampleStep(Model):
    step: Step
    completed_on: date


class SampleReturn(Model):
    """The head returns a submitted version for rework; the next one is submitted on `resubmitted_on`."""

    version: int
    returned_on: date
    reason: Wording
    resubmitted_on: date


class SampleReport(Model):
    submitted_on: date
    returned: SampleReturn | None = None
    approved_on: date


class SampleItemAnswer(ItemAnswer):
    """One answer with its grounds; `reasoned` says that grounds are given."""

    reason: Wording = Wording()


class SampleReply(Model):
    """What an addressee answers, and who signs it."""

    answered_on: date
    respondent: ShortText
    post: ShortText
    text: Wording
    answers: tuple[SampleItemAnswer, ...]

    @property
    def said(self) -> str:
        """The words on the items, in their order."""
        return ", ".join(answer.response.value for answer in self.answers)


class SampleAddressee(Model):
    """`amended` is what it answers in place of its reply, all of it anew."""

    organisation: Id
    ground: Ground
    reason: Wording = Wording()
    preset: ReplyPreset = ReplyPreset.NONE
    reply_by: date | None = None
    acknowledged_on: date | None = None
    reply: SampleReply | None = None
    amended: SampleReply | None = None


class SampleDispatch(Model):
    dispatched_on: date
    addressees: tuple[SampleAddressee, ...]


class SampleMendedLetter(Model):
    """A letter that the mail server refuses for good, until the registry has the right address."""

    kind: LetterKind
    recipient: Id
    refused_address: EmailStr
    smtp_reply: ShortText
    mended_on: date
    mended_address: EmailStr
    reason: ShortText


class SampleSuccession(Model):
    """A body is abolished by an act while the monitoring runs, and a new one comes after it.

    `accounts` are those of its people at the successor, by the ones that end with the body.
    """

    body: Id
    last_day: date
    act: ShortText
    successor: SampleOrganisation
    accounts: dict[Id, Id] = {}


class SampleCorrection(Model):
    """A12: what a corrected version asks otherwise, and what is answered to that."""

    begun_on: date
    reason: Wording
    items: tuple[Item, ...]  # in the place of those of the same ids
    submitted_on: date
    approved_on: date
    addressee: Id
    reply: SampleReply


class SamplePublication(Model):
    published_on: date
    address: ShortText


class SampleConsideration(Model):
    item: Id
    council: Id
    submitted_on: date
    meeting_at: AwareDatetime
    considered_on: date
    minutes_number: ShortText
    outcome: CouncilOutcome
    note: Wording


class SampleReview(Model):
    """Rule 18: the authorized body's mark that it considered and analysed the report."""

    considered_on: date
    account: Id
    note: Wording


class SampleImplementation(Model):
    """Beyond the Rules: what an addressee reports of an accepted item, and how it is judged."""

    item: Id
    addressee: Id
    claim: Verdict
    words: Wording
    verdict: Verdict
    reason: Wording


class SampleAccounts(Model):
    """Who acts for the conductor, by account."""

    analyst: Id
    head: Id


class Scenario(Model):
    """One monitoring. `number` is the one it is cited by; the product gives its own."""

    number: Number
    title: Wording
    kind: Kind
    conductors: tuple[Id, ...]
    accounts: SampleAccounts
    spheres: tuple[Id, ...] = ()
    objects: tuple[Id, ...] = ()
    studied_from: date
    studied_until: date
    registered_on: date
    working_group: SampleWorkingGroup | None = None
    began_on: date
    information_requests: tuple[SampleInformationRequest, ...] = ()
    sources: tuple[Source, ...]
    activities: tuple[SampleActivity, ...] = ()
    collection_completed_on: date | None = None
    analysis_completed_on: date | None = None
    steps: tuple[SampleStep, ...] = ()
    indicators: tuple[Indicator, ...]
    findings: tuple[Finding, ...]
    draft: ReportDraft
    report: SampleReport
    dispatch: SampleDispatch
    mended_letter: SampleMendedLetter | None = None
    successions: tuple[SampleSuccession, ...] = ()
    correction: SampleCorrection | None = None
    publication: SamplePublication | None = None
    considerations: tuple[SampleConsideration, ...] = ()
    review: SampleReview | None = None
    closed_on: date
    implementations: tuple[SampleImplementation, ...] = ()

    @property
    def ended_on(self) -> date:
        """The last day of the period of conduct, as the report prints it."""
        if self.draft.ended_on is None:
            raise ValueError("a sample report says when the monitoring ended")
        return self.draft.ended_on
