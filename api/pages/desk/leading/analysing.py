"""Stages are completed: collecting, analysis, the four steps of an other subject (rules 7, 8, 14)."""

from abc import abstractmethod

from api.commands.asking import By
from api.commands.idempotency import RequestKey
from api.content.building import build_content
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.leading.collecting import IN_CONDUCT
from api.pages.desk.question_form import MonitoringQuestions, stands
from api.pages.desk.questions import Answers, DayQuestion
from api.pages.desk.term_questions import ChoiceQuestion
from api.pages.forms.form import Order
from api.pages.forms.typed import Typed
from models.commands import CompleteAnalysis, CompleteCollection, CompleteStep
from models.commands.command import Command
from models.monitoring.state import MonitoringState
from models.report.facts import ContentPin, pin
from models.vocabulary.procedure import ConductorKind, Stage, Step

STEP, COMPLETED_ON = ChoiceQuestion("step", Step), DayQuestion("completed_on")


class PinnedForm(MonitoringQuestions):
    """Its command pins the content as it stands when it is sent."""

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> Command:
        return (await self.order(said, sitting, key)).command

    async def order(self, answer: Answers, sitting: MonitoringSitting, key: RequestKey) -> Order:
        content = await build_content(sitting.session, sitting.state, sitting.today)
        return Order(self.pinned(answer, sitting.by(key), pin(content)), content=content)

    @abstractmethod
    def pinned(self, said: Answers, by: By, content: ContentPin) -> Command:
        """The command, with the hash and the facts of the content."""


class CompleteCollectionForm(PinnedForm):
    """Rules 7, 8: what was collected is enough."""

    command = CompleteCollection
    path, key = "collection/completion", "complete_collection"
    closing = frozenset({"monitoring_ended", "not_collecting", "other_subjects_complete_steps"})

    def offered(self, state: MonitoringState) -> bool:
        return state.stage is Stage.COLLECTING and not _in_steps(state)

    def pinned(self, said: Answers, by: By, content: ContentPin) -> CompleteCollection:
        return CompleteCollection(**by, content=content)


class CompleteAnalysisForm(PinnedForm):
    """Rules 8, 11: the analysis is done."""

    command = CompleteAnalysis
    path, key = "analysis/completion", "complete_analysis"
    closing = frozenset({"monitoring_ended", "not_analysing", "other_subjects_complete_steps"})

    def offered(self, state: MonitoringState) -> bool:
        return state.stage is Stage.ANALYSING and not _in_steps(state)

    def pinned(self, said: Answers, by: By, content: ContentPin) -> CompleteAnalysis:
        return CompleteAnalysis(**by, content=content)


class CompleteStepForm(PinnedForm):
    """Rule 14: an other subject completes its steps one after the other; the next one stands in the form."""

    command = CompleteStep
    path, key = "steps", "complete_step"
    questions = (STEP, COMPLETED_ON)
    closing = frozenset({"monitoring_ended", "not_in_conduct", "steps_are_for_other_subjects"})
    fields_of_refusals = {
        "step_completed_before": "step",
        "step_out_of_order": "step",
        "step_before_former": "completed_on",
        "date_in_future": "completed_on",
        "date_before_conduct": "completed_on",
    }

    def offered(self, state: MonitoringState) -> bool:
        return state.stage in IN_CONDUCT and _in_steps(state) and len(state.steps) < len(Step)

    async def begin(self, sitting: MonitoringSitting) -> Typed:
        return stands((STEP, _next(sitting.state)), (COMPLETED_ON, sitting.today))

    def any_answer(self, sitting: MonitoringSitting) -> Answers:
        return Answers(given={STEP.name: _next(sitting.state), COMPLETED_ON.name: sitting.today})

    def pinned(self, said: Answers, by: By, content: ContentPin) -> CompleteStep:
        return CompleteStep(**by, step=said[STEP], completed_on=said[COMPLETED_ON], content=content)


def _in_steps(state: MonitoringState) -> bool:
    return state.conductor_kind is ConductorKind.OTHER_SUBJECT


def _next(state: MonitoringState) -> Step:
    return Step(min(len(state.steps) + 1, len(Step)))
