"""Whoever holds a letter hands it on to a colleague: the letter goes there whole, with a link of its own."""

from typing import ClassVar

from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.http.contacts import can_be_written_to
from api.pages.forms.form import AnswerOnRecord, Line, Order, Reading
from api.pages.forms.typed import Reader, Typed
from api.pages.links.form_names import FormName
from api.pages.links.letter_form import LetterForm
from api.pages.links.matter import Matter
from api.pages.links.words import label, note_as, signature, signed
from locales.terms import term
from models.commands import HandOnLetter
from models.events import LetterHandedOn
from models.monitoring.letters import seq_of
from models.report.notes import ColleagueNote
from models.tables.journal import EntryRow
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Language, monitoring_workflow_id


class HandOnForm(LetterForm[ColleagueNote]):
    command = HandOnLetter
    name = FormName.HANDING_ON
    template = "r/handing_on.html"
    key = "handing_on"
    closing: ClassVar = frozenset({"letter_handed_on_already", "letter_handed_on_too_often"})

    async def begin(self, matter: Matter) -> Typed:
        return Typed(fields={"language": (matter.language.value,)})

    async def read(self, typed: Typed, matter: Matter) -> Reading[ColleagueNote]:
        reader = Reader(typed)
        name = reader.line("name", "colleague_name_missing")
        email = reader.line("email", "colleague_email_missing")
        if email and not can_be_written_to(email):
            reader.fault("email", "colleague_email_unusable")
        language = reader.choice("language", Language, "colleague_language_missing")
        text = reader.text("text")
        respondent, post = signature(reader)
        if reader.faults or language is None:
            return Reading(None, tuple(reader.faults))
        colleague = ColleagueNote(
            name=name, email=email, language=language, text=text, respondent=respondent, post=post
        )
        return Reading(colleague)

    async def lines(self, answer: ColleagueNote, matter: Matter) -> tuple[Line, ...]:
        language = term(matter.language, answer.language)
        lines = (
            Line(label=label(matter, "handing_on.name"), value=answer.name, field="name"),
            Line(label=label(matter, "handing_on.email"), value=answer.email, field="email"),
            Line(label=label(matter, "handing_on.language"), value=language, field="language"),
            Line(label=label(matter, "handing_on.text"), value=answer.text, field="text", words=True),
            *signed(matter, answer),
        )
        return tuple(line for line in lines if line.value)

    async def order(self, answer: ColleagueNote, matter: Matter, key: RequestKey) -> Order:
        note = Note(body=answer)
        sent = HandOnLetter(**matter.by(key), letter=matter.letter.id, colleague=note.sha256, confirms=True)
        return Order(sent, (note,))

    async def recorded(self, matter: Matter) -> AnswerOnRecord[ColleagueNote] | None:
        """To whom it was handed on; where it could not be delivered there, it is asked anew."""
        handed = matter.state.letters.get(matter.letter.handed_on_as or "")
        if handed is None or handed.status is LetterStatus.UNDELIVERABLE:
            return None
        line = await matter.session.get(EntryRow, (monitoring_workflow_id(matter.number), seq_of(handed.id)))
        note = LetterHandedOn.model_validate(line.event).colleague if line else None
        known = await note_as(matter, ColleagueNote, note)
        return AnswerOnRecord(known, line) if known and line else None

    def attempt(self, matter: Matter) -> str:
        """After an address that was wrong."""
        return matter.letter.handed_on_as or ""
