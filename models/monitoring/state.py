"""What a monitoring is at a moment: the fold of its journal, and nothing else. Plain data."""

from datetime import date, datetime

from models.agenda.deadline import ReplyPreset
from models.commands import HeadDecision, ItemAnswer
from models.events import Document, News
from models.monitoring.handing import Coordinator
from models.proceeding.state import Proceeding
from models.report.facts import ContentPin
from models.vocabulary.actors import Actor, Authority
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import (
    AFTER_APPROVAL,
    BEFORE_APPROVAL,
    CONDUCTS,
    Activity,
    Agreement,
    Community,
    Conducting,
    ConductorKind,
    Consent,
    CouncilOutcome,
    Ground,
    Id,
    InformationOutcome,
    ItemKind,
    Kind,
    Mark,
    Number,
    Response,
    Sha256,
    SourceKind,
    Stage,
    Step,
    Verdict,
    monitoring_workflow_id,
)
from models.vocabulary.succession import leads_for, stands_for
from models.vocabulary.texts import NoteHash


class CoConductor(Model):
    """Rule 2: a body that the lead named, and by whose word it conducts."""

    body: Body
    conducting: Conducting
    agreement: Authority | None = None  # as the lead named it
    act: Sha256 | None = None  # the file with its act, where the lead attached one

    @property
    def conducts(self) -> bool:
        return self.conducting in CONDUCTS

    @property
    def waits(self) -> bool:
        """Nobody but the lead has said so yet."""
        return self.conducting is Conducting.NAMED

    @property
    def own_word(self) -> bool:
        """Whether it said so itself: its duty counts nothing less (rule 13)."""
        return self.conducting is Conducting.CONFIRMED


class Member(Model):
    id: Id
    person: Id
    community: Community
    organisation: Id | None = None
    employer: Body | None = None
    consent: Consent
    agreement: Agreement = Agreement.UNKNOWN
    replaces: Id | None = None

    @property
    def effective(self) -> bool:
        """Rule 12: a member is one only by consent, or by the head's decision for the body's own official."""
        return self.consent in {Consent.CONSENTED, Consent.NOT_NEEDED}


class WorkingGroup(Model):
    decision: HeadDecision
    members: dict[Id, Member] = {}


class InformationRequest(Model):
    id: Id
    holder: Id
    source_kind: SourceKind
    question: NoteHash
    deadline: Id
    outcome: InformationOutcome | None = None
    answer: NoteHash | None = None
    source: Id | None = None
    withdrawn: bool = False

    @property
    def open(self) -> bool:
        return self.outcome is None and not self.withdrawn


class Version(Model):
    """One frozen version of the report."""

    number: int
    content: ContentPin
    author: Id | None = None  # the account that submitted it
    person: Id | None = None  # whose account that was
    disclosures: int = 0  # places with a person's data, found when it was frozen
    documents: tuple[Document, ...] = ()
    returned: NoteHash | None = None
    approved_on: date | None = None
    approved_by: Id | None = None

    @property
    def open(self) -> bool:
        """Submitted and neither approved nor returned."""
        return self.approved_on is None and self.returned is None


class ReportedImplementation(Model):
    """What the addressee said last of carrying an item out."""

    on: date
    claim: Verdict
    done_on: date | None = None
    words: NoteHash


class JudgedImplementation(Model):
    """What the monitor said last; `final` unless a new day was given."""

    on: date
    verdict: Verdict
    reason: NoteHash
    final: bool


class ItemState(Model):
    """A proposal or a recommendation, what its addressee said, and what became of it."""

    id: Id
    kind: ItemKind
    addressee: Id
    due_on: date | None = None
    answer: ItemAnswer | None = None
    answered_on: date | None = None
    answered_for: int | None = None  # the version it was answered for, where a correction let it stand
    reported: ReportedImplementation | None = None  # since the last judgement
    judged: JudgedImplementation | None = None

    @property
    def response(self) -> Response | None:
        return self.answer.response if self.answer else None


class Addressee(Model):
    body: Body
    ground: Ground
    reason: NoteHash | None = None
    preset: ReplyPreset = ReplyPreset.NONE
    reply_by: date | None = None
    dispatched_on: date
    version: int  # the version last sent to it
    letter: Id  # the letter that carries that version
    deadline: Id | None = None
    acknowledged_on: date | None = None  # by its own word; that a letter left is the letter's status
    incoming_number: str | None = None  # under which it registered the report
    answered_on: date | None = None
    amended_on: date | None = None
    reply: NoteHash | None = None
    more_time_until: date | None = None  # asked for, not yet decided


class Omission(Model):
    """For which version, and for which items of a body, it was recorded why that is not sent to it."""

    version: int
    items: tuple[Id, ...]


class CouncilItem(Model):
    id: Id
    council: Id
    letter: Id
    meeting_at: datetime | None = None
    considered_on: date | None = None
    minutes_number: str = ""
    outcome: CouncilOutcome | None = None
    excerpt: Sha256 | None = None
    later_excerpts: tuple[Sha256, ...] = ()
    withdrawn: bool = False

    @property
    def open(self) -> bool:
        return self.outcome is None and not self.withdrawn


class Publication(Model):
    version: int
    published_on: date
    address: str
    elsewhere: bool = False  # not on the authorized body's official web resource (rule 19)


class MonitoringState(Proceeding):
    number: Number
    stage: Stage
    kind: Kind
    conductors: tuple[Body, ...]  # whoever conducts: the lead first, then those whose word there is
    co_conductors_confirm: bool = False
    co_conductors: dict[Id, CoConductor] = {}  # whoever was named beside the lead, in that order
    spheres: tuple[Id, ...]
    objects: tuple[Body, ...]
    authorized_body: Id
    studied_from: date
    studied_until: date
    title: NoteHash
    rule_5_by_period: bool = False  # rule 5 is asked about the days studied, at the approval too
    started_at: datetime
    started_by: Actor
    handed_to: Coordinator | None = None  # by the last reassignment
    stepped_aside: tuple[Id, ...] = ()  # accounts, for a conflict of interest
    given_back: tuple[Id, ...] = ()  # accounts that had stepped aside
    began_on: date | None = None
    activities: dict[Activity, date] = {}
    steps: dict[Step, date] = {}
    working_group: WorkingGroup | None = None
    requests: dict[Id, InformationRequest] = {}
    content: ContentPin | None = None  # as pinned when the last stage was completed
    versions: tuple[Version, ...] = ()
    correcting: bool = False
    items: dict[Id, ItemState] = {}
    addressees: dict[Id, Addressee] = {}
    omitted: dict[Id, Omission] = {}  # bodies it is not sent to, for a recorded reason
    publications: tuple[Publication, ...] = ()
    council_items: dict[Id, CouncilItem] = {}
    considered_on: date | None = None
    closed_on: date | None = None
    follow_up_ended: bool = False
    taken_over_by: Id | None = None  # leads on what had nobody
    news: tuple[News, ...] = ()  # what others did, not told yet
    touched_on: date | None = None  # local; kept where the edition has terms of stages
    rest_reminders: int = 0  # terms of the stage that passed since, and were told

    # ——— readings of the state that rules, letters and pages share ———
    @property
    def mark(self) -> Mark:
        return self.number

    @property
    def workflow_id(self) -> str:
        return monitoring_workflow_id(self.number)

    @property
    def responsible(self) -> Id:
        return self.leading or self.lead.organisation

    @property
    def conductor_kind(self) -> ConductorKind:
        """Rule 2: whose rules the conduct follows, which are the lead's.

        Begun by an earlier release, a joint monitoring with any other subject counts as theirs.
        """
        if self.co_conductors_confirm:
            return self.lead.kind.conductor_kind
        kinds = {body.kind.conductor_kind for body in self.conductors}
        for kind in (ConductorKind.OTHER_SUBJECT, ConductorKind.AUTHORIZED_BODY):
            if kind in kinds:
                return kind
        return ConductorKind.TERRITORIAL_DIVISION

    def sources_of(self, organisation: Id) -> ConductorKind:
        """Whose sources (rules 7, 14.1) a conductor may bring in: the lead's, and no more than its own."""
        former = (each for each in self.co_conductors if leads_for(self.successions, each) == organisation)
        named = self.co_conductors.get(next(former, organisation))
        other = named is not None and named.body.kind.conductor_kind is ConductorKind.OTHER_SUBJECT
        return ConductorKind.OTHER_SUBJECT if other else self.conductor_kind

    @property
    def lead(self) -> Body:
        """The conductor that registered the monitoring."""
        return self.conductors[0]

    @property
    def coordinator(self) -> Id | None:
        """The account that coordinates it, while its body leads: it was handed to it, or started it."""
        body = self.handed_to.organisation if self.handed_to else self.lead.organisation
        account = (self.handed_to or self.started_by).account if self.leading == body else None
        return None if account in self.stepped_aside else account

    @property
    def leading(self) -> Id | None:
        """The body that leads it today: that which registered it, or came after it. None: nobody."""
        return leads_for(self.successions, self.taken_over_by or self.lead.organisation)

    def stands_for(self, organisation: Id) -> Id | None:
        """Who is asked today, and answers, in a body's place. None: nobody.

        The report belongs to the authorized body's office (rules 17, 18): whoever holds that receives it.
        """
        sent = self.addressees.get(organisation)
        if sent is not None and sent.ground is Ground.CONSOLIDATION:
            return self.authorized_body
        return stands_for(self.successions, organisation)

    @property
    def before_approval(self) -> bool:
        return self.stage in BEFORE_APPROVAL

    @property
    def content_open(self) -> bool:
        """Content changes before approval and while a correction is under way (A12)."""
        return not self.ended and (self.before_approval or self.correcting)

    @property
    def after_approval(self) -> bool:
        return self.stage in AFTER_APPROVAL

    @property
    def ended(self) -> bool:
        return self.stage is Stage.CANCELLED or self.follow_up_ended

    @property
    def submitted(self) -> Version | None:
        """The version that waits for the head, if any."""
        return next((version for version in reversed(self.versions) if version.open), None)

    @property
    def current(self) -> Version | None:
        """Rule 15: the one current report, the last approved version."""
        return next((version for version in reversed(self.versions) if version.approved_on), None)

    @property
    def conducting(self) -> tuple[Id, ...]:
        """The bodies that conduct it today, the leading one first."""
        today = (leads_for(self.successions, body.organisation) for body in self.conductors)
        return tuple(dict.fromkeys(body for body in (self.leading, *today) if body is not None))

    def counts_for(self, organisation: Id) -> bool:
        """Rule 13: whether a conductor's duty counts it: one it leads, or conducts by its own word."""
        named = self.co_conductors.get(organisation)
        return named.own_word if named else self.conducted_by(organisation)

    def conducted_by(self, organisation: Id | None) -> bool:
        """Whether a body conducts it, or did."""
        began = any(body.organisation == organisation for body in self.conductors)
        return began or organisation in self.conducting
