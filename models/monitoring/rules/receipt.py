"""When a report counts as received, and the Code's term that begins then (rules 17, 20; the Code, art. 76).

That the mail server took a letter proves that it left. By the law on electronic documents a document without
a notice of its receipt counts as not received; so the addressee says under which number and on which day it
registered the report, and whoever considers it extends the term itself.
"""

from datetime import date

from models.agenda.changes import extended_by_addressee
from models.agenda.terms import extension_bound, is_of_the_code, latest_extension
from models.commands import AcknowledgeReport, ExtendReplyTerm
from models.events import Event, ReplyTermExtended, ReportAcknowledged
from models.monitoring.deadlines import reply_deadline
from models.monitoring.receipt import code_binds, term_awaiting_receipt
from models.monitoring.rules.registry import decides
from models.monitoring.state import Addressee, MonitoringState
from models.vocabulary.procedure import Id
from models.vocabulary.refusal import refuse_if


@decides(AcknowledgeReport)
def acknowledge_report(state: MonitoringState, command: AcknowledgeReport, today: date) -> tuple[Event, ...]:
    """Once; a number that was not at hand then may follow, and leaves the day as it is counted from."""
    addressee = addressee_of(state, command.addressee)
    known, number = addressee.acknowledged_on, command.incoming_number or None
    completes = number is not None and addressee.incoming_number is None
    refuse_if(known is not None and not completes, "acknowledged_already", "17")
    counted = known if addressee.deadline is not None else None
    received = command.received_on or known or today
    kept = counted or received
    refuse_if(received != kept, "received_on_settled", "17", date=kept.isoformat())
    refuse_if(received > today, "date_in_future", "", date=received.isoformat())
    sent = addressee.dispatched_on
    refuse_if(received < sent, "received_before_dispatch", "17", sent=sent.isoformat())
    return (acknowledged(state, addressee, received, number),)


def acknowledged(
    state: MonitoringState, addressee: Addressee, received_on: date, incoming_number: str | None = None
) -> ReportAcknowledged:
    """The receipt, with the term that begins with it if one waited for it."""
    body = addressee.body.organisation
    term = None
    if term_awaiting_receipt(state, addressee) is not None:
        term = reply_deadline(
            state.edition,
            state.calendar,
            body,
            received_on,
            addressee.preset,
            None,
            code_binds(state),
            received=True,
        )
    return ReportAcknowledged(
        addressee=body, received_on=received_on, incoming_number=incoming_number, deadline=term
    )


@decides(ExtendReplyTerm)
def extend_reply_term(state: MonitoringState, command: ExtendReplyTerm, today: date) -> tuple[Event, ...]:
    """Whoever considers extends the Code's term: once, before it is over, told within the Code's days."""
    addressee = addressee_of(state, command.addressee)
    refuse_if(addressee.answered_on is not None, "answered_already", "17", on=str(addressee.answered_on))
    deadline = state.deadlines.get(addressee.deadline or "")
    waits = term_awaiting_receipt(state, addressee) is not None
    refuse_if(waits, "receipt_not_recorded", "17")
    refuse_if(deadline is None, "no_reply_date", "17")
    assert deadline is not None
    refuse_if(not is_of_the_code(deadline), "term_not_of_the_code", "")
    once = deadline.extensions > 0
    refuse_if(once, "reply_term_extended_already", "", due=deadline.due_on.isoformat())
    latest = latest_extension(state.edition, deadline)
    bounds = {"until": command.until.isoformat(), "latest": latest.isoformat()}
    refuse_if(command.until > latest, "reply_term_too_long", "", **bounds)
    decided = command.decided_on or today
    refuse_if(decided > today, "date_in_future", "", date=decided.isoformat())
    since = deadline.anchor
    refuse_if(decided < since, "extended_before_term", "", since=since.isoformat())
    extended = extended_by_addressee(
        deadline,
        state.calendar,
        today=today,
        decided_on=decided,
        until=command.until,
        notice_days=state.edition.times.appc_76.notice_days,
        bound=extension_bound(state.edition, deadline, state.calendar),
    )
    return (
        ReplyTermExtended(
            addressee=command.addressee,
            deadline=extended,
            previous=deadline.due_on,
            decided_on=decided,
            reason=command.reason,
        ),
    )


def addressee_of(state: MonitoringState, organisation: Id) -> Addressee:
    """Raises `Refused` (not_an_addressee)."""
    refuse_if(organisation not in state.addressees, "not_an_addressee", "17", organisation=organisation)
    return state.addressees[organisation]
