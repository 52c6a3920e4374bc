"""The deadlines of a monitoring: what each rests on. How long it is and when it speaks is its edition's."""

from datetime import date

from models.agenda.changes import open_deadline
from models.agenda.deadline import (
    Basis,
    BasisKind,
    Deadline,
    DeadlineSubject,
    LegalEffect,
    ReplyPreset,
    deadline_id,
)
from models.agenda.terms import APPC_76, reply_term
from models.calendar.working import WorkingCalendar
from models.vocabulary.editions import Edition
from models.vocabulary.ladders import EXPIRY, Rung
from models.vocabulary.procedure import Id


def invitation_deadline(edition: Edition, calendar: WorkingCalendar, member: Id, today: date) -> Deadline:
    """Until when an invitation to the working group is open; silence after it is «no answer» (rule 12)."""
    times, ladders = edition.times, edition.ladders
    kind = DeadlineSubject.INVITATION
    return _service(edition, calendar, kind, member, today, times.invitation, ladders.invitation)


def information_deadline(
    edition: Edition, calendar: WorkingCalendar, request: Id, today: date, reply_by: date | None
) -> Deadline:
    """Until when information was asked for: the date given, else the edition's service term."""
    kind = BasisKind.REQUESTED if reply_by else BasisKind.EDITION
    return open_deadline(
        calendar,
        deadline_id=deadline_id(DeadlineSubject.INFORMATION_REQUEST, request),
        subject=request,
        subject_kind=DeadlineSubject.INFORMATION_REQUEST,
        basis=Basis(kind=kind, reference="" if reply_by else edition.id),
        effect=LegalEffect.NONE if reply_by else LegalEffect.SERVICE,
        anchor=today,
        budget=None if reply_by else edition.times.information_request,
        fixed_on=reply_by,
        rungs=edition.ladders.information_request,
    )


def reply_deadline(
    edition: Edition,
    calendar: WorkingCalendar,
    addressee: Id,
    today: date,
    preset: ReplyPreset,
    reply_by: date | None,
    binds: bool,
    received: bool = False,
) -> Deadline | None:
    """By when an addressee is asked to answer: a date asked for, a preset term, or (default) no date.

    `binds` says whether the preset's norm reaches this sender; else its length is only asked for. A term that
    the edition counts from the receipt begins once the report is `received`, `today` being that day.
    """
    term = None if reply_by else reply_term(edition, preset)
    awaits_receipt = term is not None and term.from_receipt and not received
    if awaits_receipt or (reply_by is None and term is None):
        return None
    # The Code's term binds on appeals of persons and organisations, not clearly between bodies
    # (docs/procedure.md, Dates of replies).
    binding = term is not None and binds
    asked = Basis(kind=BasisKind.REQUESTED, reference=APPC_76.reference if term else "")
    return open_deadline(
        calendar,
        deadline_id=deadline_id(DeadlineSubject.REPLY, addressee),
        subject=addressee,
        subject_kind=DeadlineSubject.REPLY,
        basis=APPC_76 if binding else asked,
        effect=LegalEffect.STATUTORY if binding else LegalEffect.NONE,
        anchor=today,
        budget=term.working_days if term else None,
        fixed_on=reply_by,
        rungs=edition.ladders.reply,
    )


def receipt_deadline(
    edition: Edition, calendar: WorkingCalendar, addressee: Id, today: date
) -> Deadline | None:
    """When an addressee is asked whether it received the report; older editions never ask."""
    budget = edition.times.receipt
    if budget is None:
        return None
    ladder = edition.ladders.receipt
    return _service(edition, calendar, DeadlineSubject.RECEIPT, addressee, today, budget, ladder)


def implementation_deadline(
    edition: Edition, calendar: WorkingCalendar, item: Id, today: date, planned_on: date
) -> Deadline:
    """By when an accepted item is to be carried out: a day the addressee or the monitor named."""
    return open_deadline(
        calendar,
        deadline_id=deadline_id(DeadlineSubject.IMPLEMENTATION, item),
        subject=item,
        subject_kind=DeadlineSubject.IMPLEMENTATION,
        basis=Basis(kind=BasisKind.AGREED),
        effect=LegalEffect.NONE,
        anchor=today,
        fixed_on=planned_on,
        rungs=edition.ladders.implementation,
    )


def follow_up_deadline(edition: Edition, calendar: WorkingCalendar, number: Id, today: date) -> Deadline:
    """When a closed monitoring stops waiting for late replies, councils and reviews (beyond the Rules)."""
    return open_deadline(
        calendar,
        deadline_id=deadline_id(DeadlineSubject.FOLLOW_UP, number),
        subject=number,
        subject_kind=DeadlineSubject.FOLLOW_UP,
        basis=Basis(kind=BasisKind.SERVICE),
        effect=LegalEffect.SERVICE,
        anchor=today,
        budget=edition.times.follow_up,
        rungs=(EXPIRY,),
    )


def _service(
    edition: Edition,
    calendar: WorkingCalendar,
    kind: DeadlineSubject,
    subject: Id,
    today: date,
    budget: int,
    rungs: tuple[Rung, ...],
) -> Deadline:
    """A term of the edition's own, in working days: no norm makes it binding."""
    return open_deadline(
        calendar,
        deadline_id=deadline_id(kind, subject),
        subject=subject,
        subject_kind=kind,
        basis=Basis(kind=BasisKind.EDITION, reference=edition.id),
        effect=LegalEffect.SERVICE,
        anchor=today,
        budget=budget,
        rungs=rungs,
    )
