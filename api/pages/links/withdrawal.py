"""Rule 12 rests on consent: a member may take it back, with a reason."""

from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.pages.forms.form import AnswerOnRecord, Line, Order, Reading
from api.pages.forms.typed import Reader, Typed
from api.pages.links.form_names import FormName
from api.pages.links.letter_form import LetterForm, journal_line
from api.pages.links.matter import Matter
from api.pages.links.words import label, plain_note
from models.commands import WithdrawMember
from models.events import MemberWithdrawn
from models.report.notes import TextNote


class WithdrawalForm(LetterForm[TextNote]):
    command = WithdrawMember
    name = FormName.WITHDRAWAL
    template = "r/withdrawal.html"
    key = "withdrawal"

    async def read(self, typed: Typed, matter: Matter) -> Reading[TextNote]:
        reader = Reader(typed)
        reason = reader.text("reason", "withdrawal_reason_missing")
        if reader.faults:
            return Reading(None, tuple(reader.faults))
        return Reading(TextNote(text=reason))

    async def lines(self, answer: TextNote, matter: Matter) -> tuple[Line, ...]:
        return (
            Line(label=label(matter, "withdrawal.reason"), value=answer.text, field="reason", words=True),
        )

    async def order(self, answer: TextNote, matter: Matter, key: RequestKey) -> Order:
        note = Note(body=answer)
        sent = WithdrawMember(**matter.by(key), member=matter.letter.subject, note=note.sha256)
        return Order(sent, (note,))

    async def recorded(self, matter: Matter) -> AnswerOnRecord[TextNote] | None:
        line = await journal_line(matter, MemberWithdrawn, "member", matter.letter.subject)
        if line is None:
            return None
        note = MemberWithdrawn.model_validate(line.event).note
        return AnswerOnRecord(TextNote(text=await plain_note(matter, note)), line)
