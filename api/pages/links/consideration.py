"""Rule 21: a council's secretary records what the council concluded."""

from dataclasses import dataclass
from typing import ClassVar

from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.pages.forms.form import AnswerOnRecord, Line, Order, Reading, View
from api.pages.forms.typed import Reader, Typed
from api.pages.forms.uploads import ATTACHED, files_by_hash, files_by_id
from api.pages.links.form_names import FormName
from api.pages.links.letter_form import LetterForm, journal_line
from api.pages.links.matter import Matter
from api.pages.links.report import Report, report_of
from api.pages.links.words import label, note_as, plain_note, signature, signed
from locales.dates import say_date, say_instant
from locales.terms import term
from models.commands import RecordConsideration
from models.events import ConsiderationRecorded
from models.monitoring.state import CouncilItem
from models.report.notes import ConsiderationNote
from models.report.rendition import Rendition
from models.vocabulary.procedure import CouncilOutcome


@dataclass(frozen=True)
class ConsiderationView(View):
    report: Report | None = None
    meeting: str = ""


class ConsiderationForm(LetterForm[ConsiderationNote]):
    command = RecordConsideration
    template = "r/consideration.html"
    key = "consideration"
    final = True
    fields_of_refusals: ClassVar = {
        "date_in_future": "considered_on",
        "considered_before_approval": "considered_on",
    }

    async def read(self, typed: Typed, matter: Matter) -> Reading[ConsiderationNote]:
        reader = Reader(typed)
        day = reader.day("considered_on", "considered_on_missing")
        minutes = reader.line("minutes_number", "minutes_missing")
        outcome = reader.choice("outcome", CouncilOutcome, "council_outcome_missing")
        note = reader.text("note")
        files = await files_by_id(matter, typed.all(ATTACHED))
        if len(files) > 1:
            reader.fault("upload", "one_file_only")
        respondent, post = signature(reader)
        if reader.faults or day is None or outcome is None:
            return Reading(None, tuple(reader.faults))
        return Reading(
            ConsiderationNote(
                considered_on=day,
                minutes_number=minutes,
                outcome=outcome,
                excerpt=files[0].sha256 if files else None,
                text=note,
                respondent=respondent,
                post=post,
            )
        )

    async def lines(self, answer: ConsiderationNote, matter: Matter) -> tuple[Line, ...]:
        day = say_date(matter.language, answer.considered_on)
        outcome = term(matter.language, answer.outcome)
        files = await files_by_hash(matter, (answer.excerpt,) if answer.excerpt else ())
        lines = (
            Line(label=label(matter, "consideration.considered_on"), value=day, field="considered_on"),
            Line(
                label=label(matter, "consideration.minutes_number"),
                value=answer.minutes_number,
                field="minutes_number",
            ),
            Line(label=label(matter, "consideration.outcome"), value=outcome, field="outcome-supported"),
            Line(label=label(matter, "consideration.excerpt"), value="", field="upload", files=files),
            Line(label=label(matter, "consideration.note"), value=answer.text, field="note", words=True),
            *signed(matter, answer),
        )
        return tuple(line for line in lines if line.value or line.files)

    async def order(self, answer: ConsiderationNote, matter: Matter, key: RequestKey) -> Order:
        note = Note(body=answer)
        sent = RecordConsideration(
            **matter.by(key),
            item=matter.letter.subject,
            considered_on=answer.considered_on,
            minutes_number=answer.minutes_number,
            outcome=answer.outcome,
            excerpt=answer.excerpt,
            note=note.sha256,
        )
        return Order(sent, (note,))

    async def recorded(self, matter: Matter) -> AnswerOnRecord[ConsiderationNote] | None:
        line = await journal_line(matter, ConsiderationRecorded, "item", matter.letter.subject)
        if line is None:
            return None
        event = ConsiderationRecorded.model_validate(line.event)
        kept = await note_as(matter, ConsiderationNote, event.note)
        said = kept or ConsiderationNote(
            considered_on=event.considered_on,
            minutes_number=event.minutes_number,
            outcome=event.outcome,
            excerpt=event.excerpt,
            text=await plain_note(matter, event.note),
        )
        return AnswerOnRecord(said, line)

    async def beside(self, recorded: AnswerOnRecord[ConsiderationNote], matter: Matter) -> dict[str, object]:
        """Excerpts that came later, and the way to add one."""
        return {
            "later": await files_by_hash(matter, _item(matter).later_excerpts),
            "excerpt": "" if matter.state.ended else matter.address("form", FormName.EXCERPT),
        }

    async def view(self, typed: Typed, matter: Matter) -> ConsiderationView:
        current, meeting = matter.state.current, _item(matter).meeting_at
        shown = (
            await report_of(matter.session, current, Rendition.PUBLIC, matter.language) if current else None
        )
        return ConsiderationView(
            report=shown,
            meeting=say_instant(matter.language, meeting) if meeting else "",
        )


def _item(matter: Matter) -> CouncilItem:
    return matter.state.council_items[matter.letter.subject]
