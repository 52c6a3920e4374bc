"""An addressee says under which number and on which day it registered the report: then it is received."""

from datetime import date
from typing import ClassVar

from api.commands.idempotency import RequestKey
from api.pages.forms.form import AnswerOnRecord, Line, Order, Reading
from api.pages.forms.typed import Reader, Typed
from api.pages.links.form_names import FormName
from api.pages.links.letter_form import LetterForm, journal_line
from api.pages.links.matter import Matter
from api.pages.links.words import label
from locales.dates import say_date
from models.commands import AcknowledgeReport
from models.events import ReportAcknowledged
from models.vocabulary.base import Model
from models.vocabulary.texts import ShortText


class Registered(Model):
    """As the addressee registered the report; the day is local."""

    incoming_number: ShortText
    received_on: date


class ReceiptForm(LetterForm[Registered]):
    command = AcknowledgeReport
    name = FormName.RECEIPT
    template = "r/receipt.html"
    key = "receipt"
    final = True
    fields_of_refusals: ClassVar = {
        "date_in_future": "received_on",
        "received_before_dispatch": "received_on",
        "received_on_settled": "received_on",
    }

    async def read(self, typed: Typed, matter: Matter) -> Reading[Registered]:
        reader = Reader(typed)
        number = reader.line("incoming_number", "incoming_number_missing")
        received_on = reader.day("received_on", "received_on_missing")
        if reader.faults or received_on is None:
            return Reading(None, tuple(reader.faults))
        return Reading(Registered(incoming_number=number, received_on=received_on))

    async def lines(self, answer: Registered, matter: Matter) -> tuple[Line, ...]:
        day = say_date(matter.language, answer.received_on)
        return (
            Line(
                label=label(matter, "receipt.incoming_number"),
                value=answer.incoming_number,
                field="incoming_number",
            ),
            Line(label=label(matter, "receipt.received_on"), value=day, field="received_on"),
        )

    async def order(self, answer: Registered, matter: Matter, key: RequestKey) -> Order:
        return Order(
            AcknowledgeReport(
                **matter.by(key),
                addressee=matter.letter.subject,
                received_on=answer.received_on,
                incoming_number=answer.incoming_number,
            )
        )

    async def recorded(self, matter: Matter) -> AnswerOnRecord[Registered] | None:
        """A receipt without a number may still be given one."""
        addressee = matter.state.addressees[matter.letter.subject]
        if addressee.incoming_number is None:
            return None
        line = await journal_line(matter, ReportAcknowledged, "addressee", matter.letter.subject)
        if line is None:
            return None
        event = ReportAcknowledged.model_validate(line.event)
        known = Registered(
            incoming_number=event.incoming_number or addressee.incoming_number, received_on=event.received_on
        )
        return AnswerOnRecord(known, line)

    def attempt(self, matter: Matter) -> str:
        """The day may be known before the number is."""
        known = matter.state.addressees[matter.letter.subject].acknowledged_on
        return "number" if known else ""
