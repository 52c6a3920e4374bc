"""Two short forms: a paper report is considered and analysed, a review round is completed (rule 18)."""

import re
from dataclasses import dataclass
from typing import Final

from activities.registries.received_reports import read_of_report, read_of_review
from api.commands.asking import By
from api.pages.desk.desk_form import OfficeForm
from api.pages.desk.office import OfficeSitting
from api.pages.desk.one_text import OneTextForm
from api.pages.forms.form import Line, View
from api.pages.forms.typed import Typed
from api.pages.site.stopping import StopKind, Stopped
from locales.catalogue import plural, text
from models.commands import CompleteReviewRound, ConsiderReceivedReport
from models.report.inbox import RoundRead
from models.report.notes import TextNote
from models.vocabulary.procedure import Sha256

_SERIAL: Final = re.compile(r"[1-9][0-9]{0,4}")


class NoteForm(OneTextForm[OfficeSitting], OfficeForm[TextNote]):
    """Every refusal closes it: no other words would help."""

    field = "note"
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

    async def lines(self, answer: TextNote, sitting: OfficeSitting) -> tuple[Line, ...]:
        label = text(sitting.language, f"page.desk.{self.key}.about")
        return (Line(label=label, value=sitting.about), *await super().lines(answer, sitting))


class ConsiderForm(NoteForm):
    """Mark a report that came on paper as considered and analysed."""

    command = ConsiderReceivedReport
    path, template, key = "reports/{about}/consider", "desk/consider.html", "consider"

    async def filled(self, sitting: OfficeSitting, by: By, said: Sha256) -> ConsiderReceivedReport:
        read = await read_of_report(sitting.session, sitting.state.workflow_id, sitting.about)
        return ConsiderReceivedReport(**by, report=sitting.about, note=said, read=read)


@dataclass(frozen=True)
class CompleteView(View):
    """What was considered in the round, and what waits."""

    reviewed: RoundRead | None


class CompleteForm(NoteForm):
    """Complete the review round in course with a conclusion."""

    command = CompleteReviewRound
    path, template, key = "rounds/{about}/complete", "desk/complete.html", "complete"

    async def leads(self, sitting: OfficeSitting) -> None:
        if not _SERIAL.fullmatch(sitting.about):
            raise Stopped(StopKind.NOT_FOUND)

    async def view(self, typed: Typed, sitting: OfficeSitting) -> View:
        return CompleteView(await read_of_review(sitting.session, sitting.state))

    async def filled(self, sitting: OfficeSitting, by: By, said: Sha256) -> CompleteReviewRound:
        read = await read_of_review(sitting.session, sitting.state)
        return CompleteReviewRound(**by, round=int(sitting.about), note=said, read=read)

    async def lines(self, answer: TextNote, sitting: OfficeSitting) -> tuple[Line, ...]:
        lines = await super().lines(answer, sitting)
        read = await read_of_review(sitting.session, sitting.state)
        if read is None or not read.unconsidered.count:
            return lines
        named, besides = ", ".join(read.unconsidered.first), read.unconsidered.besides
        if besides:
            named = f"{named} {plural(sitting.language, 'page.desk.round.besides', besides)}"
        label = text(sitting.language, "page.desk.complete.unconsidered")
        return (*lines, Line(label=label, value=named))
