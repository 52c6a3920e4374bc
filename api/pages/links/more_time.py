"""An addressee asks for more time to answer; the conductor decides."""

from typing import ClassVar

from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.pages.forms.form import AnswerOnRecord, Line, Order, Reading
from api.pages.forms.typed import Reader, Typed
from api.pages.links.due import term_day_said
from api.pages.links.form_names import FormName
from api.pages.links.letter_form import LetterForm, journal_line
from api.pages.links.matter import Matter
from api.pages.links.words import label, note_as, plain_note, signature, signed
from models.commands import AskMoreTime
from models.events import MoreTimeAsked
from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.report.notes import MoreTimeNote
from models.vocabulary.access import Action


class MoreTimeForm(LetterForm[MoreTimeNote]):
    command = AskMoreTime
    name = FormName.MORE_TIME
    template = "r/more_time.html"
    key = "more_time"
    fields_of_refusals: ClassVar = {"date_not_later": "until", "asked_too_far_ahead": "until"}

    async def read(self, typed: Typed, matter: Matter) -> Reading[MoreTimeNote]:
        reader = Reader(typed)
        until = reader.day("until", "until_missing")
        reason = reader.text("reason", "time_reason_missing")
        respondent, post = signature(reader)
        if reader.faults or until is None:
            return Reading(None, tuple(reader.faults))
        return Reading(MoreTimeNote(until=until, text=reason, respondent=respondent, post=post))

    async def lines(self, answer: MoreTimeNote, matter: Matter) -> tuple[Line, ...]:
        until = term_day_said(matter.language, matter.state.calendar, answer.until)
        lines = (
            Line(label=label(matter, "more_time.until"), value=until, field="until"),
            Line(label=label(matter, "more_time.reason"), value=answer.text, field="reason", words=True),
            *signed(matter, answer),
        )
        return tuple(line for line in lines if line.value)

    async def order(self, answer: MoreTimeNote, matter: Matter, key: RequestKey) -> Order:
        note = Note(body=answer)
        sent = AskMoreTime(
            **matter.by(key),
            addressee=matter.letter.subject,
            until=answer.until,
            reason=note.sha256,
        )
        return Order(sent, (note,))

    async def recorded(self, matter: Matter) -> AnswerOnRecord[MoreTimeNote] | None:
        """What waits for a decision; what was decided before is the letters' matter."""
        addressee = matter.state.addressees[matter.letter.subject]
        line = await journal_line(matter, MoreTimeAsked, "addressee", matter.letter.subject)
        if line is None or addressee.more_time_until is None:
            return None
        event = MoreTimeAsked.model_validate(line.event)
        kept = await note_as(matter, MoreTimeNote, event.reason)
        text = await plain_note(matter, event.reason)
        return AnswerOnRecord(kept or MoreTimeNote(until=event.until, text=text), line)

    def attempt(self, matter: Matter) -> str:
        """After every decision one may ask again."""
        deadline = matter.state.addressees[matter.letter.subject].deadline
        letters = matter.state.letters.values()
        return str(sum(_decided(letter) and letter.deadline == deadline for letter in letters))


def _decided(letter: Letter) -> bool:
    return LETTERS[letter.kind].decides is Action.ASK_MORE_TIME
