"""Dispatch and the addressees' answers (rules 17, 20)."""

from collections.abc import Mapping
from datetime import date

from models.agenda.deadline import Deadline, DeadlineSubject, deadline_id
from models.commands import ItemAnswer, NewAddressee
from models.events import (
    AddresseeOmitted,
    Entry,
    ReplyAmended,
    ReplyTermExtended,
    ReportAcknowledged,
    ReportAnswered,
    ReportDispatched,
)
from models.letters.letter import letter_id
from models.monitoring.fold.follow_up import replanned
from models.monitoring.fold.letters import letters_withdrawn
from models.monitoring.fold.registry import folds
from models.monitoring.state import Addressee, MonitoringState, Omission
from models.proceeding.fold import met, with_deadline, withdrawn
from models.proceeding.registry import changed
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Id


@folds(ReportDispatched)
def report_dispatched(state: MonitoringState, event: ReportDispatched, entry: Entry) -> MonitoringState:
    of_replies = (each for each in event.deadlines if each.subject_kind is DeadlineSubject.REPLY)
    deadlines = {deadline.subject: deadline for deadline in of_replies}
    for index, new in enumerate(event.addressees):
        organisation = new.body.organisation
        for asked in (DeadlineSubject.REPLY, DeadlineSubject.RECEIPT):
            state = withdrawn(state, deadline_id(asked, organisation), entry)
        state = letters_withdrawn(
            state, organisation, Purpose.ANSWER_REPORT
        )  # a newer version supersedes what never left
        addressee = _addressee(new, event, letter_id(entry.seq, index), deadlines)
        if organisation in event.answered:
            addressee = _answered_before(addressee, state.addressees[organisation])
        state = _with_addressee(state, addressee)
    for deadline in event.deadlines:
        state = with_deadline(state, deadline)
    for organisation, told_by in event.gathered.items():
        state = _gathered(state, organisation, told_by, entry)
    return state


def _gathered(state: MonitoringState, organisation: Id, told_by: Id, entry: Entry) -> MonitoringState:
    """Nothing is awaited of it any more; it has the version by the letter that the same body got."""
    for asked in (DeadlineSubject.REPLY, DeadlineSubject.RECEIPT):
        state = withdrawn(state, deadline_id(asked, organisation), entry)
    state = letters_withdrawn(state, organisation, Purpose.ANSWER_REPORT)
    known = state.addressees[told_by]
    fields = {"version": known.version, "letter": known.letter, "deadline": None, "more_time_until": None}
    return _addressee_now(state, organisation, fields)


@folds(AddresseeOmitted)
def addressee_omitted(state: MonitoringState, event: AddresseeOmitted, _: Entry) -> MonitoringState:
    omission = Omission(version=event.version, items=event.items)
    return changed(state, omitted={**state.omitted, event.addressee: omission})


@folds(ReportAcknowledged)
def report_acknowledged(state: MonitoringState, event: ReportAcknowledged, entry: Entry) -> MonitoringState:
    """A term that is counted from the receipt begins with it."""
    fields: dict[str, object] = {"acknowledged_on": event.received_on}
    if event.incoming_number is not None:
        fields["incoming_number"] = event.incoming_number
    if event.deadline is not None:
        state = with_deadline(state, event.deadline)
        fields["deadline"] = event.deadline.id
    return _receipt_settled(_addressee_now(state, event.addressee, fields), event.addressee, entry)


@folds(ReplyTermExtended)
def reply_term_extended(state: MonitoringState, event: ReplyTermExtended, _: Entry) -> MonitoringState:
    """The addressee's own act settles what it asked the sender for."""
    state = with_deadline(state, event.deadline)
    return _addressee_now(state, event.addressee, {"more_time_until": None})


@folds(ReportAnswered)
def report_answered(state: MonitoringState, event: ReportAnswered, entry: Entry) -> MonitoringState:
    """An answer settles its items and the time asked for; it also shows that the report was received."""
    today = state.calendar.local_date(entry.at)
    addressee = state.addressees[event.addressee]
    fields = {
        "answered_on": today,
        "reply": event.reply,
        "acknowledged_on": addressee.acknowledged_on or today,
        "more_time_until": None,
    }
    state = _with_answers(_addressee_now(state, event.addressee, fields), event.answers, today)
    return met(_receipt_settled(state, event.addressee, entry), addressee.deadline, entry)


@folds(ReplyAmended)
def reply_amended(state: MonitoringState, event: ReplyAmended, entry: Entry) -> MonitoringState:
    """The newest reply is the body's word; the journal keeps the one before it."""
    today = state.calendar.local_date(entry.at)
    state = replanned(state, event.answers, entry)
    fields = {"amended_on": today, "reply": event.reply}
    return _with_answers(_addressee_now(state, event.addressee, fields), event.answers, today)


def _with_answers(state: MonitoringState, answers: tuple[ItemAnswer, ...], today: date) -> MonitoringState:
    items = dict(state.items)
    for answer in answers:
        items[answer.item] = items[answer.item].model_copy(update={"answer": answer, "answered_on": today})
    return changed(state, items=items)


def _answered_before(addressee: Addressee, former: Addressee) -> Addressee:
    """A12: nothing that was said to this body has changed, so its reply stands."""
    said = {"answered_on": former.answered_on, "amended_on": former.amended_on, "reply": former.reply}
    return addressee.model_copy(update=said)


def _addressee(
    new: NewAddressee, event: ReportDispatched, letter: Id, deadlines: dict[Id, Deadline]
) -> Addressee:
    deadline = deadlines.get(new.body.organisation)
    return Addressee(
        body=new.body,
        ground=new.ground,
        reason=new.reason,
        preset=new.preset,
        reply_by=new.reply_by,
        dispatched_on=event.dispatched_on,
        version=event.version,
        letter=letter,
        deadline=deadline.id if deadline else None,
    )


def _with_addressee(state: MonitoringState, addressee: Addressee) -> MonitoringState:
    return changed(state, addressees={**state.addressees, addressee.body.organisation: addressee})


def _receipt_settled(state: MonitoringState, addressee: Id, entry: Entry) -> MonitoringState:
    """Nobody asks any more whether the report came."""
    return met(state, deadline_id(DeadlineSubject.RECEIPT, addressee), entry)


def _addressee_now(state: MonitoringState, organisation: Id, fields: Mapping[str, object]) -> MonitoringState:
    return _with_addressee(state, state.addressees[organisation].model_copy(update=fields))
