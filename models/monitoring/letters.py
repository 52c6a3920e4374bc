"""Which letters an event causes, and to whom. The workflow sends what this says, in this order.

A letter's id is the journal's: `L<seq>-<n>`, the n-th letter caused by entry `seq`.
"""

from collections.abc import Iterable

from models.agenda.deadline import DeadlineSubject
from models.events import (
    BodySucceeded,
    CoConductorNamed,
    CoConductorWithdrawn,
    ConductConfirmed,
    ConductDeclined,
    ConflictDeclared,
    ConflictLifted,
    ConsiderationRecorded,
    DeadlineExtended,
    DeadlineMoved,
    DeadlinePaused,
    DeadlineResumed,
    Entry,
    ExtensionRefused,
    FollowUpEnded,
    ImplementationJudged,
    ImplementationReported,
    InformationRequestAnswered,
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
    NewsGathered,
    ReplyAmended,
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
from models.letters.letter import Letter, letter_id, ordered
from models.monitoring import information_letters, joint_letters
from models.monitoring.confirming_letters import (
    Causes,
    information_confirmed,
    reply_confirmed,
    report_confirmed,
)
from models.monitoring.follow_up_letters import (
    about_implementation,
    follow_up_given_up,
    implementation_judged,
    implementation_rung,
)
from models.monitoring.handing_letters import conflict_declared, conflict_lifted, handed_on, reassigned
from models.monitoring.open_work import publication_due
from models.monitoring.receipt_letters import (
    receipt_recorded,
    receipt_reminder,
    reply_term_extended,
)
from models.monitoring.recipients import recipient_today
from models.monitoring.state import MonitoringState
from models.monitoring.succession_letters import succession_told
from models.monitoring.watching_letters import news_told, not_delivered, rest_told, returned_told
from models.vocabulary.base import Model
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterKind, Purpose, RecipientKind
from models.vocabulary.procedure import Consent, Ground, Id, OrganisationKind


def seq_of(letter: Id) -> int:
    """The entry of the journal that caused a letter."""
    return int(letter.removeprefix("L").partition("-")[0])


def letters_caused_by(state: MonitoringState, entry: Entry) -> tuple[Letter, ...]:
    """The letters due after an entry; `state` is the state after it.

    Each goes to whoever stands today for the body it is for; nobody is written to in vain.
    """
    orders = _CAUSES.get(type(entry.event))
    if orders is None:
        return ()
    written = (
        letter.model_copy(update={"recipient": recipient})
        for letter in orders(state, entry.event, entry)
        if (recipient := recipient_today(state, letter)) is not None
    )
    return tuple(
        letter.model_copy(update={"id": letter_id(entry.seq, index)}) for index, letter in enumerate(written)
    )


# ——— rule 12: the working group ———
def _appointment(state: MonitoringState, event: MemberAppointed, _: Entry) -> Iterable[Letter]:
    new = event.member
    yield ordered(LetterKind.APPOINTMENT, new.person, RecipientKind.PERSON, new.member)


def _invitation(state: MonitoringState, event: MemberInvited, _: Entry) -> Iterable[Letter]:
    yield ordered(
        LetterKind.INVITATION,
        event.member.person,
        RecipientKind.PERSON,
        event.member.member,
        event.deadline.id,
    )


def _after_invitation(state: MonitoringState, event: InvitationAnswered, _: Entry) -> Iterable[Letter]:
    group = state.working_group
    assert group is not None
    member = group.members[event.member]
    kind = LetterKind.MEMBERSHIP_CONFIRMED if event.consents else LetterKind.ANSWER_CONFIRMATION
    yield ordered(kind, member.person, RecipientKind.PERSON, member.id)


# ——— rules 15, 16, 19: approval and publication ———
def _approval_request(state: MonitoringState, event: ReportSubmitted, _: Entry) -> Iterable[Letter]:
    """A natural person approves by himself (A10): nobody to write to."""
    if state.lead.kind is not OrganisationKind.NATURAL_PERSON:
        lead = state.lead.organisation
        yield ordered(LetterKind.APPROVAL_REQUEST, lead, RecipientKind.HEAD, lead, version=event.version)


def _approved(state: MonitoringState, event: ReportApproved, _: Entry) -> Iterable[Letter]:
    if event.asked_told:
        yield from information_letters.asked_in_vain(state)
    if publication_due(state):
        body = state.authorized_body
        yield ordered(
            LetterKind.PUBLICATION_REQUEST, body, RecipientKind.ORGANISATION, body, version=event.version
        )


# ——— rules 17, 20: dispatch and replies ———
def _dispatch(state: MonitoringState, event: ReportDispatched, _: Entry) -> Iterable[Letter]:
    for new in event.addressees:
        organisation = new.body.organisation
        kind = LetterKind.REPORT_FOR_CONSIDERATION
        if new.ground is Ground.CONSOLIDATION:
            kind = LetterKind.REPORT_FOR_CONSOLIDATION
        if event.corrects:
            stand = organisation in event.answered
            kind = LetterKind.ANSWERS_STAND if stand else LetterKind.REPORT_CORRECTED
        yield ordered(
            kind,
            organisation,
            RecipientKind.ORGANISATION,
            organisation,
            state.addressees[organisation].deadline,
            event.version,
        )


def _extended(state: MonitoringState, event: DeadlineExtended, _: Entry) -> Iterable[Letter]:
    yield from _about_deadline(state, event.deadline.id, LetterKind.DEADLINE_EXTENDED)


def _extension_refused(state: MonitoringState, event: ExtensionRefused, _: Entry) -> Iterable[Letter]:
    yield from _about_deadline(state, event.deadline, LetterKind.EXTENSION_REFUSED)


def _deadline_paused(state: MonitoringState, event: DeadlinePaused, _: Entry) -> Iterable[Letter]:
    yield from _about_deadline(state, event.deadline.id, LetterKind.DEADLINE_PAUSED)


def _deadline_resumed(state: MonitoringState, event: DeadlineResumed, _: Entry) -> Iterable[Letter]:
    yield from _about_deadline(state, event.deadline.id, LetterKind.DEADLINE_RESUMED)


def _deadline_moved(state: MonitoringState, event: DeadlineMoved, _: Entry) -> Iterable[Letter]:
    """Whoever was told a date is told the new one; a date that has only become certain needs no letter."""
    if event.deadline.due_on != event.previous:
        yield from _about_deadline(state, event.deadline.id, LetterKind.DEADLINE_MOVED)


# ——— rule 21: councils ———
def _council_item(state: MonitoringState, event: SubmittedToCouncil, _: Entry) -> Iterable[Letter]:
    yield ordered(LetterKind.COUNCIL_ITEM, event.council, RecipientKind.COUNCIL, event.item)


def _council_confirmed(
    state: MonitoringState, event: ConsiderationRecorded, entry: Entry
) -> Iterable[Letter]:
    """Whoever records through a link gets the confirmation; a coordinator sees it on the page."""
    if entry.actor.letter is not None:
        council = state.council_items[event.item].council
        yield ordered(LetterKind.ANSWER_CONFIRMATION, council, RecipientKind.COUNCIL, event.item)


def _council_withdrawn(state: MonitoringState, event: WithdrawnFromCouncil, _: Entry) -> Iterable[Letter]:
    council = state.council_items[event.item].council
    yield ordered(LetterKind.COUNCIL_ITEM_WITHDRAWN, council, RecipientKind.COUNCIL, event.item)


# ——— time and the end ———
_REMINDERS = {
    DeadlineSubject.INVITATION: LetterKind.INVITATION_REMINDER,
    DeadlineSubject.INFORMATION_REQUEST: LetterKind.INFORMATION_REMINDER,
    DeadlineSubject.REPLY: LetterKind.REPLY_REMINDER,
}
_OVERDUE = {
    DeadlineSubject.INVITATION: LetterKind.INVITATION_LAPSED,
    DeadlineSubject.INFORMATION_REQUEST: LetterKind.INFORMATION_OVERDUE,
    DeadlineSubject.REPLY: LetterKind.REPLY_OVERDUE,
}


def _reminder(state: MonitoringState, event: RungReached, _: Entry) -> Iterable[Letter]:
    """Reminders before the due day; after it whoever did not answer hears once that it is not too late."""
    if event.silent:
        return
    subject_kind = state.deadlines[event.deadline].subject_kind
    if event.rung in {RungName.REMINDER, RungName.LAST_CALL} and subject_kind in _REMINDERS:
        yield from _about_deadline(state, event.deadline, _REMINDERS[subject_kind])
    elif event.rung in {RungName.EXPIRED, RungName.OVERDUE} and subject_kind in _OVERDUE:
        yield from _overdue(state, event, _OVERDUE[subject_kind])
    elif subject_kind is DeadlineSubject.IMPLEMENTATION:
        yield from implementation_rung(state, event)
    elif subject_kind is DeadlineSubject.RECEIPT:
        yield receipt_reminder(state, state.deadlines[event.deadline].subject)


def _overdue(state: MonitoringState, event: RungReached, kind: LetterKind) -> Iterable[Letter]:
    """Said once: at the expiry, or by a later rung where an outage silenced it. A reply once per version."""
    known = state.deadlines[event.deadline]
    reply = known.subject_kind is DeadlineSubject.REPLY
    version = state.addressees[known.subject].version if reply else None
    said = any(
        letter.kind is kind and letter.deadline == known.id and letter.version == version
        for letter in state.letters.values()
    )
    if not said and (reply or event.lapse_told):
        yield from _about_deadline(state, event.deadline, kind)


def _cancelled(state: MonitoringState, event: MonitoringCancelled, _: Entry) -> Iterable[Letter]:
    """Everyone who was asked for something and may still be at it is told to stop."""
    members = state.working_group.members.values() if state.working_group else ()
    for member in members:
        if member.effective or member.consent is Consent.INVITED:
            yield ordered(LetterKind.MONITORING_CANCELLED, member.person, RecipientKind.PERSON, member.id)
    for request in state.requests.values():
        if request.open:
            yield ordered(
                LetterKind.MONITORING_CANCELLED, request.holder, RecipientKind.ORGANISATION, request.id
            )
    yield from joint_letters.cancelled(state)


def _about_deadline(state: MonitoringState, deadline: Id, kind: LetterKind) -> Iterable[Letter]:
    """A letter to whoever a deadline waits for, with a link for the same purpose."""
    subject = state.deadlines[deadline].subject
    match state.deadlines[deadline].subject_kind:
        case DeadlineSubject.INVITATION:
            group = state.working_group
            assert group is not None
            person = group.members[subject].person
            link = Purpose.ANSWER_INVITATION
            yield ordered(kind, person, RecipientKind.PERSON, subject, deadline, link=link)
        case DeadlineSubject.INFORMATION_REQUEST:
            holder = state.requests[subject].holder
            link = Purpose.ANSWER_INFORMATION_REQUEST
            yield ordered(kind, holder, RecipientKind.ORGANISATION, subject, deadline, link=link)
        case DeadlineSubject.REPLY:
            version = state.addressees[subject].version
            link = Purpose.ANSWER_REPORT
            yield ordered(kind, subject, RecipientKind.ORGANISATION, subject, deadline, version, link)
        case DeadlineSubject.IMPLEMENTATION:
            yield about_implementation(state, state.items[subject].addressee, kind, deadline)


_CAUSES: dict[type[Model], Causes] = {
    CoConductorNamed: joint_letters.named,
    ConductConfirmed: joint_letters.confirmed,
    ConductDeclined: joint_letters.declined,
    CoConductorWithdrawn: joint_letters.withdrawn,
    MemberAppointed: _appointment,
    MemberInvited: _invitation,
    InvitationAnswered: _after_invitation,
    InformationRequested: information_letters.requested,
    InformationRequestAnswered: information_confirmed,
    InformationRequestWithdrawn: information_letters.withdrawn,
    ReportSubmitted: _approval_request,
    ReportReturned: returned_told,
    ReportApproved: _approved,
    ReportDispatched: _dispatch,
    ReportAcknowledged: receipt_recorded,
    ReportAnswered: reply_confirmed,
    ReplyAmended: reply_confirmed,
    ReplyTermExtended: reply_term_extended,
    ImplementationReported: report_confirmed,
    ImplementationJudged: implementation_judged,
    DeadlineExtended: _extended,
    ExtensionRefused: _extension_refused,
    DeadlinePaused: _deadline_paused,
    DeadlineResumed: _deadline_resumed,
    DeadlineMoved: _deadline_moved,
    SubmittedToCouncil: _council_item,
    ConsiderationRecorded: _council_confirmed,
    WithdrawnFromCouncil: _council_withdrawn,
    RungReached: _reminder,
    MonitoringCancelled: _cancelled,
    FollowUpEnded: follow_up_given_up,
    LetterUndelivered: not_delivered,
    NewsGathered: news_told,
    MonitoringRested: rest_told,
    MonitoringReassigned: reassigned,
    LetterHandedOn: handed_on,
    ConflictDeclared: conflict_declared,
    ConflictLifted: conflict_lifted,
    BodySucceeded: succession_told,
}
