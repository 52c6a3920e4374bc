"""Rule 21: an excerpt of the minutes that came after a council's conclusion was recorded."""

from typing import ClassVar

from api.commands.idempotency import RequestKey
from api.content.notes import Note
from api.pages.forms.form import AnswerOnRecord, Line, Order, Reading
from api.pages.forms.typed import Reader, Typed
from api.pages.forms.uploads import ATTACHED, files_by_hash, files_by_id
from api.pages.links.form_names import FormName
from api.pages.links.letter_form import LetterForm
from api.pages.links.matter import Matter
from api.pages.links.words import label, signature, signed
from api.pages.site.stopping import Elsewhere
from models.commands import AddExcerpt
from models.report.notes import ExcerptNote


class ExcerptForm(LetterForm[ExcerptNote]):
    """Each is added to what the council concluded; none takes the place of another."""

    command = AddExcerpt
    name = FormName.EXCERPT
    template = "r/excerpt.html"
    key = "excerpt"
    final = True
    one_file = True
    fields_of_refusals: ClassVar = {"excerpt_known": "upload"}

    async def asks(self, matter: Matter) -> None:
        await super().asks(matter)
        if matter.state.council_items[matter.letter.subject].outcome is None:
            raise Elsewhere(matter.back)

    async def recorded(self, matter: Matter) -> AnswerOnRecord[ExcerptNote] | None:
        """What was added is read where the conclusion is."""
        return None

    async def read(self, typed: Typed, matter: Matter) -> Reading[ExcerptNote]:
        reader = Reader(typed)
        files = await files_by_id(matter, typed.all(ATTACHED))
        if len(files) != 1:
            reader.fault("upload", "excerpt_missing" if not files else "one_file_only")
        note = reader.text("note")
        respondent, post = signature(reader)
        if reader.faults:
            return Reading(None, tuple(reader.faults))
        return Reading(ExcerptNote(excerpt=files[0].sha256, text=note, respondent=respondent, post=post))

    async def lines(self, answer: ExcerptNote, matter: Matter) -> tuple[Line, ...]:
        files = await files_by_hash(matter, (answer.excerpt,))
        lines = (
            Line(label=label(matter, "consideration.excerpt"), value="", field="upload", files=files),
            Line(label=label(matter, "consideration.note"), value=answer.text, field="note", words=True),
            *signed(matter, answer),
        )
        return tuple(line for line in lines if line.value or line.files)

    async def order(self, answer: ExcerptNote, matter: Matter, key: RequestKey) -> Order:
        note = Note(body=answer)
        sent = AddExcerpt(
            **matter.by(key), item=matter.letter.subject, excerpt=answer.excerpt, note=note.sha256
        )
        return Order(sent, (note,))

    def attempt(self, matter: Matter) -> str:
        """After each one another may come."""
        return str(len(matter.state.council_items[matter.letter.subject].later_excerpts))
