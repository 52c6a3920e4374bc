"""Where the report goes: rules 17 (divisions, other subjects) and 20 (the authorized body); A7, A12."""

from collections.abc import Iterator, Mapping
from datetime import date

from models.agenda.deadline import Deadline, DeadlineStatus, DeadlineSubject, deadline_id
from models.commands import DispatchReport, NewAddressee, RecordHandDelivery, ResendLetter
from models.events import Event, HandDeliveryRecorded, LetterResent, ReportDispatched
from models.letters.letter import Letter
from models.monitoring.deadlines import receipt_deadline, reply_deadline
from models.monitoring.items import answers_stand
from models.monitoring.one_body import gathered, sent_already
from models.monitoring.open_work import due_to_authorized_body
from models.monitoring.receipt import code_binds
from models.monitoring.recipients import recipient_today
from models.monitoring.rules.actors import link_superseded
from models.monitoring.rules.receipt import acknowledged
from models.monitoring.rules.registry import decides
from models.monitoring.state import MonitoringState, Version
from models.vocabulary.bodies import Body
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import ConductorKind, Ground, Id, OrganisationKind
from models.vocabulary.refusal import Refusal, refuse_all, refuse_if

# Rule 17 names whom the report of a division or of an other subject goes to.
RULE_17_KINDS = frozenset(
    {
        OrganisationKind.CENTRAL_BODY_DIVISION,
        OrganisationKind.LOCAL_EXECUTIVE_BODY,
        OrganisationKind.STATE_ORGANISATION,
        OrganisationKind.QUASI_STATE_ENTITY,
    }
)
# Rule 20: interested state bodies, organisations, quasi-state entities.
RULE_20_KINDS = RULE_17_KINDS | {
    OrganisationKind.CENTRAL_STATE_BODY,
    OrganisationKind.MASLIKHAT,
    OrganisationKind.COURT,
    OrganisationKind.TERRITORIAL_DIVISION,
    OrganisationKind.OTHER_LEGAL_PERSON,
    OrganisationKind.PUBLIC_ASSOCIATION,
}


@decides(DispatchReport)
def dispatch_report(state: MonitoringState, command: DispatchReport, today: date) -> tuple[Event, ...]:
    """Sends the current version to bodies it has not gone to. Complete only when all that is due is sent."""
    refuse_if(state.current is None or not state.after_approval, "report_not_approved", "15")
    refuse_if(state.correcting, "correction_under_way", "A12")
    refuse_if(not command.addressees, "no_addressee", _rule(state))
    refuse_all(tuple(r for new in command.addressees for r in _addressee_refusals(state, new, today)))
    organisations = [new.body.organisation for new in command.addressees]
    refuse_if(len(set(organisations)) < len(organisations), "addressee_twice", _rule(state))
    assert state.current is not None
    return (dispatched(state, state.current.number, command.addressees, today),)


def dispatched(
    state: MonitoringState,
    version: int,
    addressees: tuple[NewAddressee, ...],
    today: date,
    answered: tuple[Id, ...] = (),
    told_by: Mapping[Id, Id] | None = None,
    *,
    terms_stand: bool = False,
) -> ReportDispatched:
    """The dispatch of a version, with the reply dates that were asked for; none where nothing is asked."""
    deadlines = (
        _granted(state, deadline) if terms_stand else deadline
        for new in addressees
        for deadline in _awaited_of(state, new, today, asks=new.body.organisation not in answered)
        if deadline is not None
    )
    return ReportDispatched(
        version=version,
        dispatched_on=today,
        addressees=addressees,
        deadlines=tuple(deadlines),
        corrects=any(new.body.organisation in state.addressees for new in addressees),
        answered=answered,
        gathered=dict(told_by or {}),
    )


def _granted(state: MonitoringState, anew: Deadline) -> Deadline:
    """A12: time that was granted stays granted: a term that was extended or paused is not cut short."""
    held = state.deadlines.get(anew.id)
    if held is None:
        return anew
    extended = held.status is DeadlineStatus.OPEN and held.extensions > 0 and held.due_on > anew.due_on
    return held if extended or held.status is DeadlineStatus.PAUSED else anew


def _awaited_of(
    state: MonitoringState, new: NewAddressee, today: date, *, asks: bool
) -> Iterator[Deadline | None]:
    """What is awaited of an addressee: its reply, if one is asked for, and its word that the report came."""
    organisation = new.body.organisation
    if asks and new.ground is not Ground.CONSOLIDATION:
        yield reply_deadline(
            state.edition,
            state.calendar,
            organisation,
            today,
            new.preset,
            new.reply_by,
            code_binds(state),
        )
    yield receipt_deadline(state.edition, state.calendar, organisation, today)


def redispatched(
    state: MonitoringState,
    version: Version,
    today: date,
    kept: tuple[Id, ...],
    special: tuple[Id, ...] = (),
    *,
    once_each: bool = False,
    terms_stand: bool = False,
) -> tuple[ReportDispatched, ...]:
    """A12: a corrected version goes to everyone the former one went to, with the same terms.

    Of whoever has answered all it says to them (its items are `kept`) nothing is asked anew. Not to whoever
    became a special state body since (rule 5). `once_each`: bodies that merged get one letter. `terms_stand`:
    what was extended or paused keeps its time.
    """
    told_by = gathered(state, version) if once_each else {}
    again = tuple(
        NewAddressee(
            body=a.body,
            ground=a.ground,
            reason=a.reason,
            preset=a.preset,
            reply_by=a.reply_by if a.reply_by and a.reply_by > today else None,
        )
        for organisation, a in state.addressees.items()
        if state.stands_for(organisation) is not None
        and organisation not in told_by
        and (organisation not in special or a.ground is Ground.CONSOLIDATION)
    )
    sent = [new.body.organisation for new in again]
    told_by = {known: by for known, by in told_by.items() if by in sent}
    answered = tuple(organisation for organisation in sent if answers_stand(version, organisation, kept))
    if not again:
        return ()
    return (dispatched(state, version.number, again, today, answered, told_by, terms_stand=terms_stand),)


@decides(ResendLetter)
def resend_letter(state: MonitoringState, command: ResendLetter, today: date) -> tuple[Event, ...]:
    """A letter that could not be delivered, or whose addressee never got it, is sent again."""
    letter = _letter(state, command.letter)
    resendable = letter.status in {LetterStatus.UNDELIVERABLE, LetterStatus.SENT}
    refuse_if(not resendable, "letter_not_resendable", "", status=letter.status.value)
    nobody = recipient_today(state, letter) is None
    refuse_if(nobody, "recipient_is_nobody", "", organisation=letter.recipient)
    special = command.special_now
    refuse_if(special, "addressee_special_state_body", "5", organisation=letter.recipient)
    superseded = letter.purpose is not None and link_superseded(state, letter.id)
    refuse_if(superseded, "letter_superseded")  # its link opens nothing any more
    return (LetterResent(letter=letter.id),)


@decides(RecordHandDelivery)
def record_hand_delivery(
    state: MonitoringState, command: RecordHandDelivery, today: date
) -> tuple[Event, ...]:
    """The letter was handed over on paper: it is delivered all the same, with a note on the evidence."""
    letter = _letter(state, command.letter)
    gone = letter.status in {LetterStatus.DELIVERED_BY_HAND, LetterStatus.WITHDRAWN}
    refuse_if(gone, "letter_not_due", "", status=letter.status.value)
    day, started = command.delivered_on, state.calendar.local_date(state.started_at)
    refuse_if(day > today, "date_in_future", "", date=day.isoformat())
    refuse_if(day < started, "delivered_before_start", "", started=started.isoformat())
    handed = HandDeliveryRecorded(letter=letter.id, delivered_on=command.delivered_on, note=command.note)
    return (handed, *_received_by_hand(state, letter, command.delivered_on))


def _received_by_hand(state: MonitoringState, letter: Letter, on: date) -> tuple[Event, ...]:
    """Whoever took the report in its hands received it, where its receipt is asked for at all."""
    addressee = state.addressees.get(letter.subject)
    asked = state.deadlines.get(deadline_id(DeadlineSubject.RECEIPT, letter.subject))
    if addressee is None or asked is None or not asked.live or addressee.letter != letter.id:
        return ()
    return (acknowledged(state, addressee, max(on, addressee.dispatched_on)),)


def _addressee_refusals(state: MonitoringState, new: NewAddressee, today: date) -> tuple[Refusal, ...]:
    found = [*_ground_refusals(state, new), *_kind_refusals(state, new)]
    params = {"organisation": new.body.organisation}
    if new.body.special_state_body and new.ground is not Ground.CONSOLIDATION:
        found.append(Refusal(code="addressee_special_state_body", rule="5", params=params))
    known = sent_already(state, new.body.organisation, new.ground)
    if known is not None and state.current is not None and known.version == state.current.number:
        found.append(Refusal(code="addressee_has_it", rule=_rule(state), params=params))
    if new.reply_by is not None and new.reply_by <= today:
        found.append(Refusal(code="reply_date_not_ahead", params={"date": new.reply_by.isoformat()}))
    return tuple(found)


def _ground_refusals(state: MonitoringState, new: NewAddressee) -> list[Refusal]:
    """The authorized body gets it «for consolidation», and only it; its own report it keeps."""
    to_body = new.body.organisation == state.authorized_body
    params = {"organisation": new.body.organisation}
    if to_body and not due_to_authorized_body(state):
        return [Refusal(code="own_report_to_itself", rule="20", params=params)]
    if to_body and new.ground is not Ground.CONSOLIDATION:
        return [Refusal(code="authorized_body_on_another_ground", rule="17", params=params)]
    if new.ground is Ground.CONSOLIDATION and not to_body:
        office = {"organisation": state.authorized_body}
        return [Refusal(code="consolidation_is_for_authorized_body", rule="17", params=office)]
    if new.ground is Ground.OBJECT and not _is_object(state, new.body):
        return [Refusal(code="addressee_not_an_object", rule=_rule(state), params=params)]
    if new.ground is Ground.OTHER and new.reason is None:
        return [Refusal(code="addressee_reason_missing", rule="A7", params=params)]
    return []


def _kind_refusals(state: MonitoringState, new: NewAddressee) -> list[Refusal]:
    """Rules 17 and 20 list kinds of bodies; others by the edition's leave and with a reason (A7)."""
    if new.ground is Ground.CONSOLIDATION:
        return []
    kind, switches = new.body.kind, state.edition.switches
    if is_listed(state, kind):
        return []
    params = {"organisation": new.body.organisation, "kind": kind.value}
    if not switches.other_addressees:
        return [Refusal(code="addressee_kind_not_listed", rule=_rule(state), params=params)]
    if new.reason is None:
        return [Refusal(code="addressee_reason_missing", rule="A7", params=params)]
    return []


def is_listed(state: MonitoringState, kind: OrganisationKind) -> bool:
    """Whether the report goes to bodies of a kind without a further reason (rules 17, 20; A7)."""
    listed = RULE_17_KINDS if due_to_authorized_body(state) else RULE_20_KINDS
    central = kind is OrganisationKind.CENTRAL_STATE_BODY and state.edition.switches.central_head_office
    return kind in listed or central


def _is_object(state: MonitoringState, body: Body) -> bool:
    studied = {known.organisation for known in state.objects}
    today = {state.stands_for(known) for known in studied}  # what is no more cannot be written to
    return body.organisation in studied | today or not studied


def _rule(state: MonitoringState) -> str:
    return "20" if state.conductor_kind is ConductorKind.AUTHORIZED_BODY else "17"


def _letter(state: MonitoringState, letter: Id) -> Letter:
    refuse_if(letter not in state.letters, "letter_unknown", "", letter=letter)
    return state.letters[letter]
