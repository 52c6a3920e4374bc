"""Whoever considers the report extends the Code's term itself, and tells the sender (the Code, art. 76)."""

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
from locales.dates import say_date
from models.agenda.terms import latest_extension
from models.commands import ExtendReplyTerm
from models.events import ReplyTermExtended
from models.report.notes import TermExtensionNote


class TermExtensionForm(LetterForm[TermExtensionNote]):
    command = ExtendReplyTerm
    name = FormName.EXTENSION
    template = "r/extension.html"
    key = "extension"
    final = True
    fields_of_refusals: ClassVar = {
        "extension_not_later": "until",
        "extension_too_long": "until",
        "asked_too_far_ahead": "until",
        "date_in_future": "decided_on",
        "extended_before_term": "decided_on",
        "extension_told_late": "decided_on",
        "extension_after_expiry": "decided_on",
    }

    async def read(self, typed: Typed, matter: Matter) -> Reading[TermExtensionNote]:
        reader = Reader(typed)
        until = reader.day("until", "until_missing")
        decided_on = reader.day("decided_on", "decided_on_missing")
        reason = reader.text("reason", "time_reason_missing")
        respondent, post = signature(reader)
        if reader.faults or until is None or decided_on is None:
            return Reading(None, tuple(reader.faults))
        return Reading(
            TermExtensionNote(
                until=until, decided_on=decided_on, text=reason, respondent=respondent, post=post
            )
        )

    async def lines(self, answer: TermExtensionNote, matter: Matter) -> tuple[Line, ...]:
        until = term_day_said(matter.language, matter.state.calendar, answer.until)
        decided_on = say_date(matter.language, answer.decided_on)
        lines = (
            Line(label=label(matter, "extension.until"), value=until, field="until"),
            Line(label=label(matter, "extension.decided_on"), value=decided_on, field="decided_on"),
            Line(label=label(matter, "extension.reason"), value=answer.text, field="reason", words=True),
            *signed(matter, answer),
        )
        return tuple(line for line in lines if line.value)

    async def order(self, answer: TermExtensionNote, matter: Matter, key: RequestKey) -> Order:
        note = Note(body=answer)
        sent = ExtendReplyTerm(
            **matter.by(key),
            addressee=matter.letter.subject,
            until=answer.until,
            decided_on=answer.decided_on,
            reason=note.sha256,
        )
        return Order(sent, (note,))

    async def recorded(self, matter: Matter) -> AnswerOnRecord[TermExtensionNote] | None:
        """The term is extended once: what is on record is shown ever after, while this term is the one."""
        line = await journal_line(matter, ReplyTermExtended, "addressee", matter.letter.subject)
        deadline = matter.deadline
        if line is None or deadline is None or not deadline.extensions:
            return None
        event = ReplyTermExtended.model_validate(line.event)
        kept = await note_as(matter, TermExtensionNote, event.reason)
        text = await plain_note(matter, event.reason)
        plain = TermExtensionNote(until=event.deadline.due_on, decided_on=event.decided_on, text=text)
        return AnswerOnRecord(kept or plain, line)

    def above(self, matter: Matter) -> dict[str, object]:
        """How far the Code lets it be extended, and within how many working days it has to be told."""
        deadline, term = matter.deadline, matter.state.edition.times.appc_76
        latest = latest_extension(matter.state.edition, deadline) if deadline else None
        return {**super().above(matter), "latest": latest, "notice_days": term.notice_days}
