"""The parts of the draft: the period of conduct, the tasks, the conclusions, the decision's texts (annex)."""

from datetime import date
from typing import ClassVar

from api.pages.desk.editing.part_form import PartForm
from api.pages.desk.editing.seat import EditSitting
from api.pages.desk.wordings import read_wording, said_in_each, wording_fields
from api.pages.forms.form import Line
from api.pages.forms.typed import Reader, Typed
from api.pages.site.stopping import StopKind, Stopped
from locales.catalogue import text
from locales.dates import say_date
from locales.terms import term, term_key
from models.report.content import Decision, ReportDraft, TaskAnswer, Wording
from models.vocabulary.base import Model
from models.vocabulary.procedure import Kind, Language, Task
from models.vocabulary.refusal import Refusal, Refused


class Conduct(Model):
    """Form I.3: when it was conducted (local dates); and in which language the report is authentic."""

    started_on: date | None
    ended_on: date | None
    authentic_language: Language


class ConductForm(PartForm[Conduct]):
    """When the monitoring was conducted."""

    path, template, key = "draft/conduct", "desk/draft_conduct.html", "draft_conduct"
    fields_of_refusals = {"period_reversed": "ended_on"}

    def of(self, draft: ReportDraft) -> Conduct:
        return Conduct(
            started_on=draft.started_on,
            ended_on=draft.ended_on,
            authentic_language=draft.authentic_language,
        )

    def into(self, draft: ReportDraft, written: Conduct, about: str) -> ReportDraft:
        return draft.model_copy(update=dict(written))

    async def fields(self, standing: Conduct, sitting: EditSitting) -> dict[str, tuple[str, ...]]:
        started_on = standing.started_on or sitting.state.began_on  # the first day of collecting (rule 8)
        return {
            "started_on": (started_on.isoformat() if started_on else "",),
            "ended_on": (standing.ended_on.isoformat() if standing.ended_on else "",),
            "authentic_language": (standing.authentic_language.value,),
        }

    async def typed_as(self, reader: Reader, typed: Typed, sitting: EditSitting) -> Conduct | None:
        started_on, ended_on = reader.day("started_on"), reader.day("ended_on")
        spoken = reader.choice("authentic_language", Language, "desk_language_missing")
        if spoken is None:
            return None
        return Conduct(started_on=started_on, ended_on=ended_on, authentic_language=spoken)

    async def check(self, written: Conduct, sitting: EditSitting) -> None:
        """It may be left open; what is said of it runs forwards."""
        started, ended = written.started_on, written.ended_on
        if started is not None and ended is not None and ended < started:
            params = {"started": started.isoformat(), "ended": ended.isoformat()}
            raise Refused(Refusal(code="period_reversed", rule="annex.I.3", params=params))
        await super().check(written, sitting)

    async def said(self, written: Conduct, sitting: EditSitting) -> tuple[Line, ...]:
        language, key = sitting.language, "page.desk.draft_conduct"
        days = (("started_on", written.started_on), ("ended_on", written.ended_on))
        spoken = term(language, written.authentic_language)
        return (
            *(
                Line(label=text(language, f"{key}.{name}"), value=say_date(language, day))
                for name, day in days
                if day
            ),
            Line(label=text(language, f"{key}.authentic_language"), value=spoken),
        )


class TextForm(PartForm[Wording]):
    """A part of one text."""

    template = "desk/draft_text.html"

    async def fields(self, standing: Wording, sitting: EditSitting) -> dict[str, tuple[str, ...]]:
        return wording_fields("text", standing)

    async def typed_as(self, reader: Reader, typed: Typed, sitting: EditSitting) -> Wording | None:
        return read_wording(reader, typed, "text")

    async def said(self, written: Wording, sitting: EditSitting) -> tuple[Line, ...]:
        return said_in_each(sitting.language, f"page.desk.{self.key}.text", written)


class ConclusionsForm(TextForm):
    """Form III: the conclusions."""

    path, key = "draft/conclusions", "draft_conclusions"

    def of(self, draft: ReportDraft) -> Wording:
        return draft.conclusions

    def into(self, draft: ReportDraft, written: Wording, about: str) -> ReportDraft:
        return draft.model_copy(update={"conclusions": written})


class DecisionTextForm(TextForm):
    """A text of the decision."""

    field: ClassVar[str]

    def of(self, draft: ReportDraft) -> Wording:
        found: Wording = getattr(draft.decision, self.field)
        return found

    def into(self, draft: ReportDraft, written: Wording, about: str) -> ReportDraft:
        decision: Decision = draft.decision.model_copy(update={self.field: written})
        return draft.model_copy(update={"decision": decision})


class AssessmentForm(DecisionTextForm):
    """Rule 16.1: the assessment of the measures' effectiveness."""

    path, key, field = "draft/assessment", "draft_assessment", "assessment"


class NoGroundsForm(DecisionTextForm):
    """Rule 16.2 (A6): why no analysis of corruption risks is recommended."""

    path, key, field = "draft/no-grounds", "draft_no_grounds", "no_grounds"


class Tasks(Model):
    """Rule 10: what the report answers to the three tasks."""

    answers: tuple[TaskAnswer, ...]


class TasksForm(PartForm[Tasks]):
    """The three tasks of a comprehensive monitoring."""

    path, template, key = "draft/tasks", "desk/draft_tasks.html", "draft_tasks"

    async def leads(self, sitting: EditSitting) -> None:
        if sitting.state.kind is not Kind.COMPREHENSIVE:
            raise Stopped(StopKind.NOT_FOUND)

    def of(self, draft: ReportDraft) -> Tasks:
        return Tasks(answers=draft.tasks)

    def into(self, draft: ReportDraft, written: Tasks, about: str) -> ReportDraft:
        return draft.model_copy(update={"tasks": written.answers})

    async def fields(self, standing: Tasks, sitting: EditSitting) -> dict[str, tuple[str, ...]]:
        fields: dict[str, tuple[str, ...]] = {}
        for answer in standing.answers:
            fields |= wording_fields(answer.task.value, answer.text)
        return fields

    async def typed_as(self, reader: Reader, typed: Typed, sitting: EditSitting) -> Tasks | None:
        read = ((task, read_wording(reader, typed, task.value)) for task in Task)
        answers = tuple(TaskAnswer(task=task, text=wording) for task, wording in read if wording.given())
        return Tasks(answers=answers)

    async def said(self, written: Tasks, sitting: EditSitting) -> tuple[Line, ...]:
        said = (said_in_each(sitting.language, term_key(each.task), each.text) for each in written.answers)
        return tuple(line for lines in said for line in lines)
