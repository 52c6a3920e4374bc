"""Rule 2: the head of a body that was named a co-conductor confirms that it conducts jointly, or declines."""

from enum import StrEnum

from sqlmodel import col, select

from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.pages.forms.form import AnswerOnRecord, Line, Order, Reading
from api.pages.forms.typed import Reader, Typed
from api.pages.links.letter_form import LetterForm
from api.pages.links.matter import Matter
from api.pages.links.words import label, note_as, plain_note, signature, signed
from locales.terms import term
from models.commands import ConfirmConduct
from models.events import ConductConfirmed, ConductDeclined
from models.report.notes import ConductNote
from models.tables.journal import EntryRow
from models.vocabulary.procedure import Conducting, monitoring_workflow_id


class Confirming(StrEnum):
    CONFIRM = "confirm"
    DECLINE = "decline"


class JointConductForm(LetterForm[ConductNote]):
    command = ConfirmConduct
    template = "r/joint_conduct.html"
    key = "joint_conduct"

    async def read(self, typed: Typed, matter: Matter) -> Reading[ConductNote]:
        reader = Reader(typed)
        word = reader.choice("conduct", Confirming, "conduct_missing")
        said = reader.text("note")
        respondent, post = signature(reader)
        if reader.faults or word is None:
            return Reading(None, tuple(reader.faults))
        confirms = word is Confirming.CONFIRM
        return Reading(ConductNote(confirms=confirms, text=said, respondent=respondent, post=post))

    async def lines(self, answer: ConductNote, matter: Matter) -> tuple[Line, ...]:
        word = term(matter.language, Conducting.CONFIRMED if answer.confirms else Conducting.DECLINED)
        lines = (
            Line(label=label(matter, "joint_conduct.answer"), value=word, field="conduct-confirm"),
            Line(label=label(matter, "joint_conduct.note"), value=answer.text, field="note", words=True),
            *signed(matter, answer),
        )
        return tuple(line for line in lines if line.value)

    async def order(self, answer: ConductNote, matter: Matter, key: RequestKey) -> Order:
        note = Note(body=answer)
        sent = ConfirmConduct(
            **matter.by(key),
            organisation=matter.letter.subject,
            confirms=answer.confirms,
            note=note.sha256,
            act=matter.act,
        )
        return Order(sent, (note,))

    async def recorded(self, matter: Matter) -> AnswerOnRecord[ConductNote] | None:
        line = await _own_word(matter)
        if line is None:
            return None
        confirms = line.type == ConductConfirmed.model_fields["type"].default
        event = (ConductConfirmed if confirms else ConductDeclined).model_validate(line.event)
        kept = await note_as(matter, ConductNote, event.note)
        said = kept or ConductNote(confirms=confirms, text=await plain_note(matter, event.note))
        return AnswerOnRecord(said, line)


async def _own_word(matter: Matter) -> EntryRow | None:
    """The last line in which the body itself said it; the lead's word is none."""
    kinds = [event.model_fields["type"].default for event in (ConductConfirmed, ConductDeclined)]
    said = col(EntryRow.event)
    lines = (
        select(EntryRow)
        .where(EntryRow.workflow_id == monitoring_workflow_id(matter.number), col(EntryRow.type).in_(kinds))
        .where(said["organisation"].astext == matter.letter.subject)
        .where(said["own_word"].astext.is_distinct_from("false"))
        .order_by(col(EntryRow.seq).desc())
        .limit(1)
    )
    return (await matter.session.exec(lines)).first()
