"""Derived flags and what is still open (docs/procedure.md, Stages): read from the state, never stored."""

from collections.abc import Iterator
from enum import StrEnum

from models.agenda.deadline import Deadline, DeadlineStatus, DeadlineSubject, deadline_id
from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.monitoring.follow_up import open_items_of, to_judge
from models.monitoring.items import items_for, named_and_not_sent
from models.monitoring.receipt import term_awaiting_receipt
from models.monitoring.recipients import recipient_today
from models.monitoring.state import Addressee, MonitoringState, Version
from models.vocabulary.base import Model
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Conducting, ConductorKind, Ground, Id, Kind, Stage

DELIVERED = frozenset({LetterStatus.SENT, LetterStatus.DELIVERED_BY_HAND})


class OpenKind(StrEnum):
    """Work that is due, by the rule it comes from."""

    CONDUCT_NOT_CONFIRMED = "conduct_not_confirmed"  # 2
    REPORT_NOT_APPROVED = "report_not_approved"  # 15
    NOT_SENT_TO_INTERESTED = "not_sent_to_interested"  # 17, 20
    NOT_SENT_TO_AUTHORIZED_BODY = "not_sent_to_authorized_body"  # 17
    NOT_SENT_TO_NAMED = "not_sent_to_named"  # 17, 20: a body that the decision names
    LETTER_DUE = "letter_due"
    LETTER_UNDELIVERABLE = "letter_undeliverable"
    NOT_PUBLISHED = "not_published"  # 19
    PUBLISHED_ELSEWHERE = "published_elsewhere"  # 19: not on the official web resource
    CORRECTION_NOT_APPROVED = "correction_not_approved"  # A12
    REPORT_RETURNED = "report_returned"  # 15: the approver gave it back
    PRINTED_AND_DECLINED = "printed_and_declined"  # 2: the report names a body that does not conduct
    RECEIPT_NOT_RECORDED = "receipt_not_recorded"  # beyond the Rules: «sent» is not «received»
    REPLY_AWAITED = "reply_awaited"  # a date was asked for and has not passed
    MORE_TIME_ASKED = "more_time_asked"
    IMPLEMENTATION_NOT_JUDGED = "implementation_not_judged"  # beyond the Rules
    IMPLEMENTATION_OVERDUE = "implementation_overdue"  # beyond the Rules
    LED_BY_NOBODY = "led_by_nobody"  # its body is no more, and has no successor
    ASKED_OF_NOBODY = "asked_of_nobody"  # the same of a body that was asked or written to


class OpenItem(Model):
    """One piece of work. `blocking` ones keep a monitoring from being closed; others only wait for care."""

    kind: OpenKind
    rule: str = ""
    subject: Id | None = None
    blocking: bool = True
    reason: str = ""
    """Why a letter could not be delivered: a mail server's reply code, or a word of `UndeliveredReason`."""


def due_to_authorized_body(state: MonitoringState) -> bool:
    """Rule 17: reports of divisions and other subjects go to the authorized body too; its own do not (20).

    Whoever leads decides. Begun by an earlier release, it is its own wherever it takes part.
    """
    if state.co_conductors_confirm:
        return state.responsible != state.authorized_body
    return not state.conducted_by(state.authorized_body)


def publication_due(state: MonitoringState) -> bool:
    """Rule 19 (A8): comprehensive reports are placed on the authorized body's web resource."""
    if state.kind is not Kind.COMPREHENSIVE:
        return False
    own = state.conductor_kind is ConductorKind.AUTHORIZED_BODY
    return own or state.edition.switches.division_reports_published


def delivered(state: MonitoringState, addressee: Addressee) -> bool:
    """Whether the current version has left to this addressee."""
    current = state.current
    if current is None or addressee.version != current.number:
        return False
    letter = state.letters.get(addressee.letter)
    return letter is not None and letter.status in DELIVERED


def sent_to_interested(state: MonitoringState) -> bool:
    return any(delivered(state, a) for a in state.addressees.values() if a.ground is not Ground.CONSOLIDATION)


def sent_to_authorized_body(state: MonitoringState) -> bool:
    addressee = consolidating(state)
    return addressee is not None and delivered(state, addressee)


def consolidating(state: MonitoringState) -> Addressee | None:
    """Rule 17: the authorized body's office as it was last written to, whoever holds it today."""
    offices = (a for a in state.addressees.values() if a.ground is Ground.CONSOLIDATION)
    return max(offices, key=lambda office: office.version, default=None)


def dispatch_complete(state: MonitoringState) -> bool:
    """Rules 17, 20: everyone it was sent to has it, among them an interested body and the authorized body."""
    current = state.current.number if state.current else 0
    left_out = {known for known, omission in state.omitted.items() if omission.version == current}
    there = {known: a for known, a in state.addressees.items() if state.stands_for(known) is not None}
    everyone = all(delivered(state, a) for known, a in there.items() if known not in left_out)
    consolidated = sent_to_authorized_body(state) or not due_to_authorized_body(state)
    return everyone and consolidated and sent_to_interested(state)


def awaits_review(state: MonitoringState) -> bool:
    """Rule 18: it was sent to the authorized body, which has not considered it; it keeps nothing open."""
    received = due_to_authorized_body(state) and sent_to_authorized_body(state)
    return received and state.considered_on is None and not state.correcting and not state.ended


def published(state: MonitoringState) -> bool:
    """Rule 19: whether the current version stands on the official web resource."""
    current = state.current
    return current is not None and any(
        p.version == current.number and not p.elsewhere for p in state.publications
    )


def open_items(state: MonitoringState) -> tuple[OpenItem, ...]:
    """What is due and not done: the coordinator's desk and the refusal to close read the same list.

    A letter that could not be delivered is on it at every stage: nobody else knows. So is what has nobody.
    """
    if state.stage is Stage.CANCELLED:
        return tuple(_undelivered(state))
    if state.stage is Stage.CLOSED:
        return (
            *printed_and_declined(state),
            *_open_letters(state),
            *_open_follow_up(state),
            *_nobodys(state),
        )
    if state.current is None:
        not_approved = _not_approved(state, OpenKind.REPORT_NOT_APPROVED, "15")
        return (*_unconfirmed(state), not_approved, *_undelivered(state), *_nobodys(state))
    return (
        *_open_correction(state),
        *printed_and_declined(state),
        *_open_dispatch(state),
        *_open_letters(state),
        *_open_publication(state),
        *_open_replies(state),
        *_open_follow_up(state),
        *_nobodys(state),
    )


def _unconfirmed(state: MonitoringState) -> list[OpenItem]:
    """Rule 2: a body was named a co-conductor, and nothing confirms it yet."""
    kind = OpenKind.CONDUCT_NOT_CONFIRMED
    waiting = (organisation for organisation, named in state.co_conductors.items() if named.waits)
    return [OpenItem(kind=kind, rule="2", subject=each, blocking=False) for each in waiting]


def _open_correction(state: MonitoringState) -> list[OpenItem]:
    if state.correcting:
        return [_not_approved(state, OpenKind.CORRECTION_NOT_APPROVED, "A12")]
    return []


def returned_version(state: MonitoringState) -> Version | None:
    """Rule 15: the version that is to be worked on, while no other was submitted."""
    return next((each for each in state.versions[-1:] if each.returned is not None), None)


def _not_approved(state: MonitoringState, kind: OpenKind, rule: str) -> OpenItem:
    if returned_version(state) is not None:
        return OpenItem(kind=OpenKind.REPORT_RETURNED, rule="15")
    return OpenItem(kind=kind, rule=rule)


def printed_and_declined(state: MonitoringState) -> list[OpenItem]:
    """Rule 2: it was printed by the lead's word, and said after the approval that it does not conduct."""
    conductors = (state.current.content.facts.conductors if state.current else None) or ()
    printed = {conductor.organisation for conductor in conductors}
    printed -= {body.organisation for body in state.conductors} | set(state.conducting)
    return [
        OpenItem(kind=OpenKind.PRINTED_AND_DECLINED, rule="2", subject=organisation)
        for organisation, named in state.co_conductors.items()
        if named.conducting is Conducting.DECLINED
        and not printed.isdisjoint({organisation, state.stands_for(organisation)})
    ]


def _open_dispatch(state: MonitoringState) -> list[OpenItem]:
    due_to_ab = due_to_authorized_body(state)
    items = []
    if not any(a.ground is not Ground.CONSOLIDATION for a in state.addressees.values()):
        items.append(OpenItem(kind=OpenKind.NOT_SENT_TO_INTERESTED, rule="17" if due_to_ab else "20"))
    if due_to_ab and consolidating(state) is None:
        items.append(OpenItem(kind=OpenKind.NOT_SENT_TO_AUTHORIZED_BODY, rule="17"))
    items += [
        OpenItem(kind=OpenKind.NOT_SENT_TO_NAMED, rule="17" if due_to_ab else "20", subject=organisation)
        for organisation in named_and_not_sent(state)
    ]
    return items


def _undelivered(state: MonitoringState) -> list[OpenItem]:
    return [item for item in _open_letters(state) if item.kind is OpenKind.LETTER_UNDELIVERABLE]


def _open_letters(state: MonitoringState) -> list[OpenItem]:
    kinds = {
        LetterStatus.DUE: OpenKind.LETTER_DUE,
        LetterStatus.UNDELIVERABLE: OpenKind.LETTER_UNDELIVERABLE,
    }
    return [
        OpenItem(
            kind=kinds[letter.status],
            subject=letter.id,
            blocking=LETTERS[letter.kind].sends_the_report and recipient_today(state, letter) is not None,
            reason=letter.failure,
        )
        for letter in state.letters.values()
        if letter.status in kinds and not _handed_on_in_vain(letter)
    ]


def _handed_on_in_vain(letter: Letter) -> bool:
    """Whoever handed it on has it still, and may hand it on anew: no work of the conductor's."""
    return letter.copy_of is not None and letter.status is LetterStatus.UNDELIVERABLE


def _open_publication(state: MonitoringState) -> list[OpenItem]:
    if not publication_due(state) or published(state):
        return []
    current = state.current.number if state.current else 0
    elsewhere = any(p.version == current for p in state.publications)
    kind = OpenKind.PUBLISHED_ELSEWHERE if elsewhere else OpenKind.NOT_PUBLISHED
    return [OpenItem(kind=kind, rule="19")]


def _open_replies(state: MonitoringState) -> list[OpenItem]:
    """A reply is due only while a date that was asked for is ahead: the Rules set no duty to answer.

    A body that nothing is addressed to is told that it owes none: its reply keeps nothing open.
    """
    items = []
    for organisation, addressee in state.addressees.items():
        if state.stands_for(organisation) is None:
            continue  # nobody's answer is waited for
        if addressee.more_time_until is not None:
            items.append(OpenItem(kind=OpenKind.MORE_TIME_ASKED, subject=addressee.body.organisation))
        asked = state.deadlines.get(deadline_id(DeadlineSubject.RECEIPT, addressee.body.organisation))
        if asked is not None and asked.live:
            items.append(_receipt_open(state, addressee, asked))
        deadline = state.deadlines.get(addressee.deadline or "")
        if deadline is not None and deadline.status is DeadlineStatus.OPEN:
            body = addressee.body.organisation
            asked_of = bool(items_for(state, body))
            items.append(OpenItem(kind=OpenKind.REPLY_AWAITED, subject=body, blocking=asked_of))
    return items


def _nobodys(state: MonitoringState) -> list[OpenItem]:
    """Beyond the Rules: what bodies had that are no more and left no successor."""
    items = []
    if state.leading is None:
        items.append(OpenItem(kind=OpenKind.LED_BY_NOBODY, subject=state.responsible, blocking=False))
    for organisation in dict.fromkeys(_asked(state)):
        if state.stands_for(organisation) is None:
            items.append(OpenItem(kind=OpenKind.ASKED_OF_NOBODY, subject=organisation, blocking=False))
    return items


def _asked(state: MonitoringState) -> Iterator[Id]:
    """The bodies that something is still expected from: information, a reply, what they accepted."""
    if state.before_approval:
        yield from (request.holder for request in state.requests.values() if request.open)
    yield from (known for known, addressee in state.addressees.items() if addressee.answered_on is None)
    yield from (item.addressee for item in open_items_of(state))


def _receipt_open(state: MonitoringState, addressee: Addressee, asked: Deadline) -> OpenItem:
    """While it is asked for, a term that counts from the receipt keeps open what its reply would."""
    body = addressee.body.organisation
    waits = (
        term_awaiting_receipt(state, addressee) is not None
        and asked.status is DeadlineStatus.OPEN
        and bool(items_for(state, body))
    )
    return OpenItem(kind=OpenKind.RECEIPT_NOT_RECORDED, subject=body, blocking=waits)


def _open_follow_up(state: MonitoringState) -> list[OpenItem]:
    """Beyond the Rules: nothing of it keeps a monitoring from being closed."""
    items = [
        OpenItem(kind=OpenKind.IMPLEMENTATION_NOT_JUDGED, subject=item.id, blocking=False)
        for item in to_judge(state)
    ]
    for deadline in state.deadlines.values():
        of_item = deadline.subject_kind is DeadlineSubject.IMPLEMENTATION
        if of_item and deadline.status is DeadlineStatus.PASSED:
            kind = OpenKind.IMPLEMENTATION_OVERDUE
            items.append(OpenItem(kind=kind, subject=deadline.subject, blocking=False))
    return items
