"""Sending the report (rules 17, 20; A7): to whom, what is suggested, letters and their proofs."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field
from sqlmodel import col, select

from activities.registries.names_today import names_today
from api.access.policy import EVERYTHING, Access
from api.access.routing import COMMAND, monitoring_router, permit
from api.commands.addressing import NamedAddressee, to_dispatch_report
from api.commands.asking import MonitoringAsker, asks
from api.commands.filling import to_resend_letter
from api.content.notes import noted
from api.http.deps import Session, Today
from api.http.requests import CommandBody, Day, RequestBody, Text
from api.registries.suggestions import suggested_addressees
from models.agenda.deadline import ReplyPreset
from models.commands import DispatchReport, OmitAddressee, RecordHandDelivery, ResendLetter
from models.commands.receipt import Receipt
from models.letters.letter import Letter
from models.monitoring.one_body import has_it
from models.report.content import Wording
from models.tables.deliveries import DeliveryRow
from models.vocabulary.procedure import Ground, Id

router = monitoring_router("dispatch")
AddresseeInPath = Annotated[Id, Path(description="A body that the decision names.", examples=["edu-sary"])]
LetterInPath = Annotated[Id, Path(description="The letter's id.", examples=["L12-0"])]


class NewAddresseeBody(RequestBody):
    organisation: Id = Field(examples=["akimat-sary"])
    ground: Ground = Field(description="Why the body is interested; `consolidation` for the authorized body.")
    reason: Text | None = Field(default=None, description="Required where the ground is `other` (A7).")
    preset: ReplyPreset = ReplyPreset.NONE
    reply_by: Day | None = Field(default=None, description="A date asked for. The Rules set none.")


class DispatchReportBody(CommandBody):
    addressees: tuple[NewAddresseeBody, ...] = Field(min_length=1, max_length=200)


class OmitAddresseeBody(CommandBody):
    reason: Text = Field(description="Why the report is not sent to a body that the decision names.")


class RecordHandDeliveryBody(CommandBody):
    delivered_on: Day
    note: Text = Field(description="The evidence: who took it, under which incoming number.")


class SuggestedView(BaseModel):
    organisation: Id
    name: Wording
    ground: Ground
    sent: bool = Field(description="Whether the current version is on its way or there already.")


class DeliveryView(BaseModel):
    """One attempt to hand the letter to the mail server, and what it said."""

    attempt: int
    at: datetime
    address: str
    language: str
    subject: str
    message_id: str
    outcome: str
    smtp_code: int | None
    smtp_reply: str
    eml_sha256: str | None = Field(description="SHA-256 of the message as sent.")
    kept_sha256: str | None = Field(description="SHA-256 of the copy that is kept, without the link.")


class LetterView(BaseModel):
    letter: Letter
    due_on: date | None = Field(description="The day of the deadline the letter names, if any.")
    proofs: tuple[DeliveryView, ...]


@router.get("/addressees/suggested")
async def suggest_addressees(
    access: Annotated[Access, permit(*EVERYTHING)], session: Session, today: Today
) -> tuple[SuggestedView, ...]:
    """Whom to send to: the objects, their superior bodies, those the decision names, the authorized body."""
    suggested = suggested_addressees(access.state)
    names = await names_today(session, today, suggested)
    return tuple(
        SuggestedView(
            organisation=organisation,
            name=names.get(organisation) or Wording(kk=organisation),
            ground=ground,
            sent=has_it(access.state, organisation, ground),
        )
        for organisation, ground in suggested.items()
    )


@router.post("/dispatches", responses=COMMAND)
async def dispatch_report(
    body: DispatchReportBody,
    asker: Annotated[MonitoringAsker, asks(DispatchReport)],
    session: Session,
    today: Today,
) -> Receipt:
    """Send the approved report to interested bodies, and to the authorized body where it is due to it."""
    named = [NamedAddressee.model_validate(new.model_dump()) for new in body.addressees]
    state = asker.access.state
    command, notes = await to_dispatch_report(session, asker.by(body), state, named, today)
    return await asker.send(command, notes=notes)


@router.post("/addressees/{addressee}/omission", responses=COMMAND)
async def omit_addressee(
    addressee: AddresseeInPath,
    body: OmitAddresseeBody,
    asker: Annotated[MonitoringAsker, asks(OmitAddressee)],
) -> Receipt:
    """Record why a body that the decision names is not sent the report: it is no open work any more."""
    reason = noted(body.reason)
    command = OmitAddressee(**asker.by(body), addressee=addressee, reason=reason.sha256)
    return await asker.send(command, notes=(reason,))


@router.get("/letters")
async def list_letters(
    access: Annotated[Access, permit(*EVERYTHING)], session: Session
) -> tuple[LetterView, ...]:
    """Every letter of the monitoring, with the proof of each attempt to deliver it."""
    state = access.state
    rows = await session.exec(
        select(DeliveryRow).where(DeliveryRow.number == access.number).order_by(col(DeliveryRow.id))
    )
    proofs: dict[Id, list[DeliveryView]] = {}
    for row in rows:
        proofs.setdefault(row.letter, []).append(DeliveryView.model_validate(row, from_attributes=True))
    return tuple(
        LetterView(
            letter=letter,
            due_on=state.deadlines[letter.deadline].due_on if letter.deadline in state.deadlines else None,
            proofs=tuple(proofs.get(letter.id, ())),
        )
        for letter in state.letters.values()
    )


@router.post("/letters/{letter}/resending", responses=COMMAND)
async def resend_letter(
    letter: LetterInPath,
    body: CommandBody,
    asker: Annotated[MonitoringAsker, asks(ResendLetter)],
    session: Session,
    today: Today,
) -> Receipt:
    """Send a letter again, to the address that is on file now."""
    command = await to_resend_letter(session, asker.by(body), asker.access.state, letter, today)
    return await asker.send(command)


@router.post("/letters/{letter}/hand-delivery", responses=COMMAND)
async def record_hand_delivery(
    letter: LetterInPath,
    body: RecordHandDeliveryBody,
    asker: Annotated[MonitoringAsker, asks(RecordHandDelivery)],
) -> Receipt:
    """Record that a letter was handed over on paper."""
    note = noted(body.note)
    command = RecordHandDelivery(
        **asker.by(body),
        letter=letter,
        delivered_on=body.delivered_on,
        note=note.sha256,
    )
    return await asker.send(command, notes=(note,))
