"""Two short forms: a paper report is considered and analysed, a review round is completed (rule 18)."""

from abc import abstractmethod

from api.access.policy import actor_of
from api.commands.idempotency import RequestKey
from api.content.notes import noted
from api.pages.desk.form import UNSENT, Answer, DeskForm, desk_of
from api.pages.desk.sitting import HOME, Sitting
from api.pages.forms.form import Line
from api.pages.forms.typed import Reader, Typed
from api.routes.consolidation import NoteBody, complete_review_round, consider_received_report
from locales.catalogue import text
from models.commands import CompleteReviewRound, ConsiderReceivedReport
from models.commands.command import Command
from models.consolidation.rules import decide_consolidation
from models.vocabulary.procedure import Id
from models.vocabulary.texts import visible

NOTE = "note"
_ANY = "–"  # the rules ask for a note, not for its words


class NoteForm(DeskForm[NoteBody]):
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

    async def read(self, typed: Typed, sitting: Sitting) -> Answer[NoteBody]:
        reader = Reader(typed)
        note = reader.text(NOTE, f"desk_{self.key}_note_missing")
        if note and not visible(note):
            reader.fault(NOTE, f"desk_{self.key}_note_missing")
        if reader.faults:
            return Answer(None, tuple(reader.faults))
        return Answer(NoteBody(note=note))

    async def lines(self, answer: NoteBody, typed: Typed, sitting: Sitting) -> tuple[Line, ...]:
        language, key = sitting.language, f"page.desk.{self.key}"
        about = Line(label=text(language, f"{key}.about"), value=self.about)
        return (about, Line(label=text(language, f"{key}.note"), value=answer.note, field=NOTE))

    async def open(self, sitting: Sitting) -> None:
        await self.ahead(NoteBody(note=_ANY), sitting)

    async def ahead(self, answer: NoteBody, sitting: Sitting) -> None:
        decide_consolidation(sitting.state, self._command(answer, sitting), sitting.now)

    @abstractmethod
    def _command(self, answer: NoteBody, sitting: Sitting) -> Command:
        """What the rules are asked about ahead."""


class ConsiderForm(NoteForm):
    """Mark a report that came on paper as considered and analysed."""

    template, key, done = "desk/consider.html", "consider", "considered"

    def __init__(self, report: Id) -> None:
        self._report = report

    @property
    def here(self) -> str:
        return f"{HOME}/reports/{self._report}/consider"

    @property
    def about(self) -> str:
        return self._report

    def _command(self, answer: NoteBody, sitting: Sitting) -> Command:
        actor, note = actor_of(sitting.access.caller), noted(answer.note)
        return ConsiderReceivedReport(id=UNSENT, actor=actor, report=self._report, note=note.sha256)

    async def send(self, answer: NoteBody, sitting: Sitting, key: RequestKey) -> str:
        await consider_received_report(self._report, answer, sitting.access, desk_of(sitting, key))
        return self._report


class CompleteForm(NoteForm):
    """Complete the review round in course with a conclusion."""

    template, key, done = "desk/complete.html", "complete", "completed"

    def __init__(self, serial: int) -> None:
        self._serial = serial

    @property
    def here(self) -> str:
        return f"{HOME}/rounds/{self._serial}/complete"

    @property
    def about(self) -> str:
        return str(self._serial)

    def _command(self, answer: NoteBody, sitting: Sitting) -> Command:
        actor, note = actor_of(sitting.access.caller), noted(answer.note)
        return CompleteReviewRound(id=UNSENT, actor=actor, round=self._serial, note=note.sha256)

    async def lines(self, answer: NoteBody, typed: Typed, sitting: Sitting) -> tuple[Line, ...]:
        said = await super().lines(answer, typed, sitting)
        waiting = ", ".join(sorted(each.id for each in sitting.state.unconsidered))
        label = text(sitting.language, "page.desk.complete.unconsidered")
        return (*said, Line(label=label, value=waiting)) if waiting else said

    async def send(self, answer: NoteBody, sitting: Sitting, key: RequestKey) -> str:
        await complete_review_round(self._serial, answer, sitting.access, desk_of(sitting, key))
        return str(self._serial)
