"""Two short forms: a paper report is considered and analysed, a review round is completed (rule 18)."""

from abc import abstractmethod
from typing import Final

from api.commands.idempotency import RequestKey
from api.content.notes import noted
from api.pages.desk.desk_form import OfficeForm
from api.pages.desk.office import OfficeSitting
from api.pages.forms.form import Line, Order, Reading
from api.pages.forms.typed import Reader, Typed
from api.routes.consolidation import NoteBody
from locales.catalogue import text
from models.commands.command import Command
from models.commands.consolidation import CompleteReviewRound, ConsiderReceivedReport
from models.vocabulary.procedure import Id, Sha256

NOTE: Final = "note"


class NoteForm(OfficeForm[NoteBody]):
    """A form of one text. The rules mind when it is sent, never what it says: every refusal closes it."""

    closing = frozenset(
        {
            "consolidation_ended",
            "report_not_in_inbox",
            "own_report_not_reviewed",
            "considered_in_its_monitoring",
            "considered_by_body_already",
            "review_round_not_in_course",
            "review_round_completed_already",
        }
    )

    not_there = frozenset({"report_not_in_inbox"})

    async def read(self, typed: Typed, sitting: OfficeSitting) -> Reading[NoteBody]:
        reader = Reader(typed)
        note = reader.text(NOTE, f"desk_{self.key}_note_missing")
        if reader.faults:
            return Reading(None, tuple(reader.faults))
        return Reading(NoteBody(note=note))

    async def lines(self, answer: NoteBody, sitting: OfficeSitting) -> tuple[Line, ...]:
        language, key = sitting.language, f"page.desk.{self.key}"
        about = Line(label=text(language, f"{key}.about"), value=sitting.about)
        return (about, Line(label=text(language, f"{key}.note"), value=answer.note, field=NOTE))

    def any_answer(self, sitting: OfficeSitting) -> NoteBody:
        return NoteBody(note="–")

    async def order(self, answer: NoteBody, sitting: OfficeSitting, key: RequestKey) -> Order:
        note = noted(answer.note)
        return Order(self._command(sitting, key.id, note.sha256), (note,))

    @abstractmethod
    def _command(self, sitting: OfficeSitting, known: Id, note: Sha256) -> Command:
        """What is sent."""


class ConsiderForm(NoteForm):
    """Mark a report that came on paper as considered and analysed."""

    command = ConsiderReceivedReport
    path, template, key = "reports/{about}/consider", "desk/consider.html", "consider"

    def _command(self, sitting: OfficeSitting, known: Id, note: Sha256) -> Command:
        return ConsiderReceivedReport(id=known, actor=sitting.actor(), report=sitting.about, note=note)


class CompleteForm(NoteForm):
    """Complete the review round in course with a conclusion."""

    command = CompleteReviewRound
    path, template, key = "rounds/{about:int}/complete", "desk/complete.html", "complete"

    def _command(self, sitting: OfficeSitting, known: Id, note: Sha256) -> Command:
        return CompleteReviewRound(id=known, actor=sitting.actor(), round=int(sitting.about), note=note)

    async def lines(self, answer: NoteBody, sitting: OfficeSitting) -> tuple[Line, ...]:
        said = await super().lines(answer, sitting)
        waiting = ", ".join(sorted(each.id for each in sitting.state.unconsidered))
        label = text(sitting.language, "page.desk.complete.unconsidered")
        return (*said, Line(label=label, value=waiting)) if waiting else said
