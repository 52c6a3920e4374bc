"""Rule 12: the invitee consents or refuses; whether the organisation agrees is asked apart."""

from enum import StrEnum

from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.pages.forms.form import AnswerOnRecord, Line, Order, Reading
from api.pages.forms.typed import Reader, Typed
from api.pages.links.letter_form import LetterForm, journal_line
from api.pages.links.matter import Matter
from api.pages.links.words import label, note_as, plain_note
from locales.terms import term
from models.commands import AnswerInvitation
from models.events import InvitationAnswered
from models.report.notes import InvitationNote
from models.vocabulary.procedure import Agreement, Consent


class Consenting(StrEnum):
    CONSENT = "consent"
    REFUSE = "refuse"


class InvitationForm(LetterForm[InvitationNote]):
    command = AnswerInvitation
    template = "r/invitation.html"
    key = "invitation"

    async def read(self, typed: Typed, matter: Matter) -> Reading[InvitationNote]:
        reader = Reader(typed)
        word = reader.choice("consent", Consenting, "consent_missing")
        reason = reader.text("reason")
        agreed = typed.one("agreement") == Agreement.AGREED
        if reader.faults or word is None:
            return Reading(None, tuple(reader.faults))
        consents = word is Consenting.CONSENT
        return Reading(
            InvitationNote(
                consents=consents,
                agreement=Agreement.AGREED if consents and agreed else Agreement.UNKNOWN,
                text="\n".join(filter(None, ("" if consents else reason, matter.evidence))),
            )
        )

    async def lines(self, answer: InvitationNote, matter: Matter) -> tuple[Line, ...]:
        word = term(matter.language, Consent.CONSENTED if answer.consents else Consent.REFUSED)
        lines = [Line(label=label(matter, "invitation.answer"), value=word, field="consent-consent")]
        if answer.consents:
            said = term(matter.language, answer.agreement)
            lines.append(
                Line(label=label(matter, "invitation.agreement"), value=said, field="agreement-agreed")
            )
        if answer.text:
            of_text = label(matter, "consideration.note" if answer.consents else "invitation.reason")
            lines.append(Line(label=of_text, value=answer.text, field="reason", words=True))
        return tuple(lines)

    async def order(self, answer: InvitationNote, matter: Matter, key: RequestKey) -> Order:
        note = Note(body=answer)
        sent = AnswerInvitation(
            **matter.by(key),
            member=matter.letter.subject,
            consents=answer.consents,
            agreement=answer.agreement,
            note=note.sha256,
        )
        return Order(sent, (note,))

    async def recorded(self, matter: Matter) -> AnswerOnRecord[InvitationNote] | None:
        line = await journal_line(matter, InvitationAnswered, "member", matter.letter.subject)
        if line is None:
            return None
        event = InvitationAnswered.model_validate(line.event)
        kept = await note_as(matter, InvitationNote, event.note)
        said = kept or InvitationNote(
            consents=event.consents, agreement=event.agreement, text=await plain_note(matter, event.note)
        )
        return AnswerOnRecord(said, line)
