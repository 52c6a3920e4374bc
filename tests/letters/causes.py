"""Every kind of letter with its recipient, its link, its deadline and the event that causes it."""

from datetime import date

from models.agenda.deadline import Deadline
from models.commands import ItemAnswer
from models.events import (
    BodySucceeded,
    CoConductorNamed,
    CoConductorWithdrawn,
    ConductConfirmed,
    ConflictDeclared,
    ConflictLifted,
    DeadlineExtended,
    DeadlineMoved,
    DeadlinePaused,
    DeadlineResumed,
    Event,
    ExtensionRefused,
    FollowUpEnded,
    ImplementationJudged,
    InformationRequested,
    InformationRequestWithdrawn,
    InvitationAnswered,
    LetterHandedOn,
    LetterUndelivered,
    MemberAppointed,
    MemberInvited,
    MonitoringCancelled,
    MonitoringReassigned,
    MonitoringRested,
    News,
    NewsGathered,
    ReplyTermExtended,
    ReportAcknowledged,
    ReportAnswered,
    ReportApproved,
    ReportDispatched,
    ReportReturned,
    ReportSubmitted,
    RungReached,
    SubmittedToCouncil,
    WithdrawnFromCouncil,
)
from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.letters.post import LetterOrder
from models.letters.row import Family
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, Purpose, RecipientKind
from models.vocabulary.procedure import Id, Response, SourceKind, Stage, Verdict
from tests.letters.ground import (
    ADDRESSEE,
    AGREED,
    AKIMAT,
    CARRY_OUT,
    CAUSED_AT,
    COLLEAGUE_NOTE,
    INVITATION,
    LATE,
    MEETING_AT,
    MEMBER,
    NUMBER,
    OTHERS_REPLY,
    PIN,
    QUESTION,
    REASON,
    RECEIPT,
    REPLY,
    REQUEST,
    note_of,
)

_GROUP = (RecipientKind.PERSON, "expert", "m-1")
_NAMED = (RecipientKind.HEAD, "akimat", "akimat")
_AKIMAT = (RecipientKind.ORGANISATION, "akimat", "akimat")
_HOLDER = (RecipientKind.ORGANISATION, "akimat", "r-1")
_COUNCIL = (RecipientKind.COUNCIL, "council", "c-1")

RECIPIENTS: dict[LetterKind, tuple[RecipientKind, Id, Id]] = {
    LetterKind.CONDUCT_REQUEST: _NAMED,
    LetterKind.CONDUCT_ON_LEADS_WORD: _NAMED,
    LetterKind.CO_CONDUCTOR_WITHDRAWN: _NAMED,
    LetterKind.INVITATION: _GROUP,
    LetterKind.INVITATION_REMINDER: _GROUP,
    LetterKind.INVITATION_LAPSED: _GROUP,
    LetterKind.INVITATION_OVER: _GROUP,
    LetterKind.MEMBERSHIP_CONFIRMED: _GROUP,
    LetterKind.APPOINTMENT: _GROUP,
    LetterKind.INFORMATION_REQUEST: _HOLDER,
    LetterKind.INFORMATION_REMINDER: _HOLDER,
    LetterKind.INFORMATION_OVERDUE: _HOLDER,
    LetterKind.INFORMATION_NOT_NEEDED: _HOLDER,
    LetterKind.APPROVAL_REQUEST: (RecipientKind.HEAD, "ao", "ao"),
    LetterKind.PUBLICATION_REQUEST: (RecipientKind.ACCOUNT, "head-account", "ao"),
    LetterKind.REPLY_TERM_EXTENDED: (RecipientKind.ACCOUNT, "head-account", "akimat"),
    LetterKind.COUNCIL_ITEM: _COUNCIL,
    LetterKind.LETTER_NOT_DELIVERED: (RecipientKind.ACCOUNT, "head-account", "L10-0"),
    LetterKind.NEWS_GATHERED: (RecipientKind.ACCOUNT, "head-account", "ao"),
    LetterKind.MONITORING_RESTED: (RecipientKind.HEAD, "ao", "ao"),
    LetterKind.CONFLICT_DECLARED: (RecipientKind.HEAD, "ao", "ao"),
    LetterKind.HEAD_CONFLICT_DECLARED: (RecipientKind.ORGANISATION, "ao", "ao"),
    LetterKind.CONFLICT_LIFTED: (RecipientKind.ACCOUNT, "head-account", "ao"),
    LetterKind.MONITORING_REASSIGNED: (RecipientKind.ACCOUNT, "head-account", "ao"),
    LetterKind.COUNCIL_ITEM_WITHDRAWN: _COUNCIL,
    LetterKind.SUCCESSION_TOLD: (RecipientKind.ORGANISATION, "akimat", "other"),
}

PURPOSES: dict[LetterKind, Purpose] = {
    LetterKind.CONDUCT_REQUEST: Purpose.CONFIRM_CONDUCT,
    LetterKind.CONDUCT_ON_LEADS_WORD: Purpose.CONFIRM_CONDUCT,
    LetterKind.INVITATION: Purpose.ANSWER_INVITATION,
    LetterKind.INVITATION_REMINDER: Purpose.ANSWER_INVITATION,
    LetterKind.INVITATION_LAPSED: Purpose.ANSWER_INVITATION,
    LetterKind.MEMBERSHIP_CONFIRMED: Purpose.READ_AS_MEMBER,
    LetterKind.APPOINTMENT: Purpose.READ_AS_MEMBER,
    LetterKind.INFORMATION_REQUEST: Purpose.ANSWER_INFORMATION_REQUEST,
    LetterKind.INFORMATION_REMINDER: Purpose.ANSWER_INFORMATION_REQUEST,
    LetterKind.INFORMATION_OVERDUE: Purpose.ANSWER_INFORMATION_REQUEST,
    LetterKind.COUNCIL_ITEM: Purpose.RECORD_CONSIDERATION,
    LetterKind.REPORT_FOR_CONSIDERATION: Purpose.ANSWER_REPORT,
    LetterKind.REPORT_FOR_CONSOLIDATION: Purpose.ANSWER_REPORT,
    LetterKind.REPORT_CORRECTED: Purpose.ANSWER_REPORT,
    LetterKind.ANSWERS_STAND: Purpose.ANSWER_REPORT,
    LetterKind.RECEIPT_REMINDER: Purpose.ANSWER_REPORT,
    LetterKind.RECEIPT_RECORDED: Purpose.ANSWER_REPORT,
    LetterKind.REPLY_REMINDER: Purpose.ANSWER_REPORT,
    LetterKind.REPLY_OVERDUE: Purpose.ANSWER_REPORT,
    LetterKind.DEADLINE_EXTENDED: Purpose.ANSWER_REPORT,
    LetterKind.EXTENSION_REFUSED: Purpose.ANSWER_REPORT,
    LetterKind.DEADLINE_MOVED: Purpose.ANSWER_REPORT,
    LetterKind.DEADLINE_PAUSED: Purpose.ANSWER_REPORT,
    LetterKind.DEADLINE_RESUMED: Purpose.ANSWER_REPORT,
    LetterKind.IMPLEMENTATION_AWAITED: Purpose.REPORT_IMPLEMENTATION,
    LetterKind.IMPLEMENTATION_REMINDER: Purpose.REPORT_IMPLEMENTATION,
    LetterKind.IMPLEMENTATION_OVERDUE: Purpose.REPORT_IMPLEMENTATION,
    LetterKind.IMPLEMENTATION_JUDGED: Purpose.REPORT_IMPLEMENTATION,
    LetterKind.SUCCESSION_TOLD: Purpose.ANSWER_REPORT,
}

DEADLINES: dict[LetterKind, Deadline] = {
    LetterKind.INVITATION: INVITATION,
    LetterKind.INVITATION_REMINDER: INVITATION,
    LetterKind.INVITATION_LAPSED: INVITATION,
    LetterKind.INFORMATION_REQUEST: REQUEST,
    LetterKind.INFORMATION_REMINDER: REQUEST,
    LetterKind.INFORMATION_OVERDUE: REQUEST,
    LetterKind.REPORT_FOR_CONSIDERATION: REPLY,
    LetterKind.RECEIPT_REMINDER: REPLY,
    LetterKind.RECEIPT_RECORDED: REPLY,
    LetterKind.REPLY_TERM_EXTENDED: REPLY,
    LetterKind.REPLY_REMINDER: REPLY,
    LetterKind.REPLY_OVERDUE: LATE,
    LetterKind.DEADLINE_EXTENDED: REPLY,
    LetterKind.EXTENSION_REFUSED: REPLY,
    LetterKind.DEADLINE_MOVED: REPLY,
    LetterKind.DEADLINE_PAUSED: REPLY,
    LetterKind.DEADLINE_RESUMED: REPLY,
    LetterKind.IMPLEMENTATION_REMINDER: CARRY_OUT,
    LetterKind.IMPLEMENTATION_OVERDUE: CARRY_OUT,
    LetterKind.IMPLEMENTATION_JUDGED: CARRY_OUT,
    LetterKind.SUCCESSION_TOLD: OTHERS_REPLY,
}

VERSIONS: dict[LetterKind, int] = {
    LetterKind.APPROVAL_REQUEST: 2,
    LetterKind.REPORT_RETURNED: 1,
    LetterKind.REPORT_FOR_CONSIDERATION: 1,
    LetterKind.REPORT_FOR_CONSOLIDATION: 1,
    LetterKind.REPORT_CORRECTED: 2,
    LetterKind.ANSWERS_STAND: 2,
    LetterKind.RECEIPT_REMINDER: 1,
    LetterKind.RECEIPT_RECORDED: 1,
    LetterKind.REPLY_TERM_EXTENDED: 1,
    LetterKind.REPLY_REMINDER: 1,
    LetterKind.REPLY_OVERDUE: 1,
    LetterKind.PUBLICATION_REQUEST: 1,
    LetterKind.IMPLEMENTATION_AWAITED: 1,
    LetterKind.IMPLEMENTATION_REMINDER: 1,
    LetterKind.IMPLEMENTATION_OVERDUE: 1,
    LetterKind.IMPLEMENTATION_JUDGED: 1,
    LetterKind.FOLLOW_UP_ENDED: 1,
    LetterKind.SUCCESSION_TOLD: 1,
}


def _rung(deadline: Deadline, rung: RungName = RungName.REMINDER) -> RungReached:
    return RungReached(deadline=deadline.id, rung=rung, was_due_at=CAUSED_AT, lapse_told=True)


_DISPATCHED = ReportDispatched(version=1, dispatched_on=date(2026, 11, 2), addressees=(ADDRESSEE,))
PARTLY = ItemAnswer(item="i-1", response=Response.PARTLY)
_ANSWERED = ReportAnswered(addressee="akimat", answers=(PARTLY,), reply="e" * 64)

SUCCEEDED = BodySucceeded(
    body="other", successor="akimat", since=date(2026, 11, 16), reason=note_of(REASON), told="akimat"
)

CAUSES: dict[LetterKind, Event] = {
    LetterKind.CONDUCT_REQUEST: CoConductorNamed(body=AKIMAT, agreement=AGREED),
    LetterKind.CONDUCT_ON_LEADS_WORD: ConductConfirmed(organisation="akimat", own_word=False, act="f" * 64),
    LetterKind.CO_CONDUCTOR_WITHDRAWN: CoConductorWithdrawn(organisation="akimat", reason=note_of(REASON)),
    LetterKind.INVITATION: MemberInvited(member=MEMBER, deadline=INVITATION),
    LetterKind.INVITATION_REMINDER: _rung(INVITATION),
    LetterKind.INVITATION_LAPSED: _rung(INVITATION, RungName.EXPIRED),
    LetterKind.MEMBERSHIP_CONFIRMED: InvitationAnswered(member="m-1", consents=True),
    LetterKind.APPOINTMENT: MemberAppointed(member=MEMBER),
    LetterKind.INFORMATION_REQUEST: InformationRequested(
        request="r-1",
        holder="akimat",
        source_kind=SourceKind.LEGAL_STATISTICS,
        question=note_of(QUESTION),
        deadline=REQUEST,
    ),
    LetterKind.INFORMATION_REMINDER: _rung(REQUEST),
    LetterKind.INFORMATION_OVERDUE: _rung(REQUEST, RungName.EXPIRED),
    LetterKind.APPROVAL_REQUEST: ReportSubmitted(version=2, content=PIN),
    LetterKind.REPORT_FOR_CONSIDERATION: _DISPATCHED,
    LetterKind.REPORT_FOR_CONSOLIDATION: _DISPATCHED,
    LetterKind.REPORT_CORRECTED: _DISPATCHED.model_copy(update={"version": 2, "corrects": True}),
    LetterKind.ANSWERS_STAND: _DISPATCHED.model_copy(
        update={"version": 2, "corrects": True, "answered": ("akimat",)}
    ),
    LetterKind.RECEIPT_REMINDER: _rung(RECEIPT, RungName.EXPIRED),
    LetterKind.RECEIPT_RECORDED: ReportAcknowledged(
        addressee="akimat", received_on=date(2026, 11, 4), incoming_number="1-15/482", deadline=REPLY
    ),
    LetterKind.REPLY_TERM_EXTENDED: ReplyTermExtended(
        addressee="akimat",
        deadline=REPLY,
        previous=date(2026, 11, 20),
        decided_on=date(2026, 11, 19),
        reason=note_of(REASON),
    ),
    LetterKind.REPLY_REMINDER: _rung(REPLY),
    LetterKind.REPLY_OVERDUE: _rung(LATE, RungName.EXPIRED),
    LetterKind.DEADLINE_EXTENDED: DeadlineExtended(
        deadline=REPLY, previous=date(2026, 11, 20), reason=note_of(REASON)
    ),
    LetterKind.EXTENSION_REFUSED: ExtensionRefused(deadline=REPLY.id, reason=note_of(REASON)),
    LetterKind.DEADLINE_MOVED: DeadlineMoved(
        deadline=REPLY, previous=date(2026, 11, 20), days=(date(2026, 11, 19),)
    ),
    LetterKind.DEADLINE_PAUSED: DeadlinePaused(deadline=REPLY, left=7, reason=note_of(REASON)),
    LetterKind.DEADLINE_RESUMED: DeadlineResumed(deadline=REPLY),
    LetterKind.ANSWER_CONFIRMATION: _ANSWERED,
    LetterKind.IMPLEMENTATION_AWAITED: _ANSWERED,
    LetterKind.IMPLEMENTATION_REMINDER: _rung(CARRY_OUT),
    LetterKind.IMPLEMENTATION_OVERDUE: _rung(CARRY_OUT, RungName.EXPIRED),
    LetterKind.IMPLEMENTATION_JUDGED: ImplementationJudged(
        item="i-1",
        verdict=Verdict.PARTLY_IMPLEMENTED,
        judged_on=date(2026, 11, 20),
        reason=note_of(REASON),
        deadline=CARRY_OUT,
    ),
    LetterKind.FOLLOW_UP_ENDED: FollowUpEnded(reason=note_of(REASON)),
    LetterKind.PUBLICATION_REQUEST: ReportApproved(version=1, approved_on=date(2026, 10, 30)),
    LetterKind.REPORT_RETURNED: ReportReturned(version=1, reason=note_of(REASON), coordinator_told=True),
    LetterKind.INVITATION_OVER: ReportApproved(version=1, approved_on=date(2026, 10, 30), asked_told=True),
    LetterKind.INFORMATION_NOT_NEEDED: InformationRequestWithdrawn(
        request="r-1", reason=note_of(REASON), told=True
    ),
    LetterKind.COUNCIL_ITEM: SubmittedToCouncil(item="c-1", council="council", meeting_at=MEETING_AT),
    LetterKind.COUNCIL_ITEM_WITHDRAWN: WithdrawnFromCouncil(item="c-1", reason=note_of(REASON)),
    LetterKind.MONITORING_CANCELLED: MonitoringCancelled(reason=note_of(REASON)),
    LetterKind.LETTER_NOT_DELIVERED: LetterUndelivered(letter="L10-0", attempt=1, code="550", told=True),
    LetterKind.NEWS_GATHERED: NewsGathered(
        news=(
            News(seq=3, type="report_returned", at=CAUSED_AT, version=2),
            News(seq=4, type="more_time_asked", at=CAUSED_AT, who="akimat", until=date(2026, 12, 4)),
            News(
                seq=5,
                type="member_withdrawn",
                at=CAUSED_AT,
                who="expert",
                who_kind=RecipientKind.PERSON,
            ),
            News(
                seq=6,
                type="consideration_recorded",
                at=CAUSED_AT,
                who="council",
                who_kind=RecipientKind.COUNCIL,
            ),
        )
    ),
    LetterKind.MONITORING_RESTED: MonitoringRested(
        stage=Stage.DISPATCHED, since=date(2026, 9, 1), reminder=1
    ),
    LetterKind.LETTER_HANDED_ON: LetterHandedOn(letter="L10-0", colleague=COLLEAGUE_NOTE),
    LetterKind.CONFLICT_DECLARED: ConflictDeclared(account="head-account", reason=note_of(REASON)),
    LetterKind.HEAD_CONFLICT_DECLARED: ConflictDeclared(account="head-account", reason=note_of(REASON)),
    LetterKind.CONFLICT_LIFTED: ConflictLifted(account="head-account", reason=note_of(REASON)),
    LetterKind.MONITORING_REASSIGNED: MonitoringReassigned(
        to="head-account", organisation="ao", previous="head-account", reason=note_of(REASON)
    ),
    LetterKind.SUCCESSION_TOLD: SUCCEEDED,
}


OF_MONITORINGS = tuple(kind for kind, row in LETTERS.items() if row.family in {Family.MONITORING, None})
"""The others are told of in `tests/workflows/test_duties.py` and `test_consolidation.py`."""


def seq_of_cause(kind: LetterKind) -> int:
    return 10 + list(LetterKind).index(kind)


def letter(kind: LetterKind, attempt: int = 1) -> Letter:
    recipient_kind, recipient, subject = RECIPIENTS.get(kind, _AKIMAT)
    deadline = DEADLINES.get(kind)
    return Letter(
        id=f"L{seq_of_cause(kind)}-0",
        kind=kind,
        recipient=recipient,
        recipient_kind=recipient_kind,
        subject=subject,
        purpose=PURPOSES.get(kind),
        deadline=deadline.id if deadline else None,
        version=VERSIONS.get(kind),
        attempt=attempt,
    )


def order(kind: LetterKind, attempt: int = 1) -> LetterOrder:
    return LetterOrder(number=NUMBER, letter=letter(kind, attempt))
