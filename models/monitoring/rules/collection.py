"""How monitoring is conducted: rule 8's five activities, rule 14's four steps in order, rule 7's sources."""

from datetime import date

from models.commands import (
    BeginCollection,
    CompleteAnalysis,
    CompleteCollection,
    CompleteStep,
    RecordActivity,
)
from models.events import (
    ActivityRecorded,
    AnalysisCompleted,
    CollectionBegun,
    CollectionCompleted,
    StepCompleted,
)
from models.monitoring.rules.registry import decides
from models.monitoring.rules.sources import source_refusals
from models.monitoring.rules.start import scope_refusals
from models.monitoring.state import MonitoringState
from models.report.facts import ReportFacts
from models.vocabulary.procedure import ConductorKind, ItemKind, Kind, Stage, Step
from models.vocabulary.refusal import Refusal, refuse, refuse_all, refuse_if


@decides(BeginCollection)
def begin_collection(
    state: MonitoringState, command: BeginCollection, today: date
) -> tuple[CollectionBegun, ...]:
    """Form I.3: the period of conduct begins; it may be recorded late, not ahead.

    Rule 1: it follows the edition of that day, whenever it was registered.
    """
    refuse_if(state.stage is not Stage.PLANNED, "already_begun", "8", stage=state.stage.value)
    refuse_if(command.began_on > today, "date_in_future", "annex.I.3", date=command.began_on.isoformat())
    edition = command.edition
    if edition is None or edition.id == state.edition.id:
        return (CollectionBegun(began_on=command.began_on),)
    refuse_all(scope_refusals(state, edition))
    return (CollectionBegun(began_on=command.began_on, edition=edition),)


@decides(RecordActivity)
def record_activity(
    state: MonitoringState, command: RecordActivity, today: date
) -> tuple[ActivityRecorded, ...]:
    """Rule 8 names five activities and, for the authorized body and its divisions, no order."""
    _in_conduct(state)
    _not_before_conduct(state, command.done_on, today)
    return (ActivityRecorded(activity=command.activity, done_on=command.done_on, note=command.note),)


@decides(CompleteCollection)
def complete_collection(
    state: MonitoringState, command: CompleteCollection, today: date
) -> tuple[CollectionCompleted, ...]:
    _not_by_other_subject(state)
    refuse_if(state.stage is not Stage.COLLECTING, "not_collecting", "8", stage=state.stage.value)
    refuse_all(_source_shortcomings(state, command.content.facts, today))
    return (CollectionCompleted(content=command.content),)


@decides(CompleteAnalysis)
def complete_analysis(
    state: MonitoringState, command: CompleteAnalysis, today: date
) -> tuple[AnalysisCompleted, ...]:
    """Rule 11: a thematic monitoring has studied at least one problem issue by then."""
    _not_by_other_subject(state)
    refuse_if(state.stage is not Stage.ANALYSING, "not_analysing", "8", stage=state.stage.value)
    facts = command.content.facts
    findings = _finding_shortcomings(facts, "11") if state.kind is Kind.THEMATIC else ()
    refuse_all((*_source_shortcomings(state, facts, today), *findings))
    return (AnalysisCompleted(content=command.content),)


@decides(CompleteStep)
def complete_step(state: MonitoringState, command: CompleteStep, today: date) -> tuple[StepCompleted, ...]:
    """Rule 14: open sources, study, problem issues, result; no step before the one ahead of it."""
    others = state.conductor_kind is ConductorKind.OTHER_SUBJECT
    refuse_if(not others, "steps_are_for_other_subjects", "14")
    _in_conduct(state)
    _step_in_order(state, command)
    _not_before_conduct(state, command.completed_on, today)
    facts = command.content.facts
    match command.step:
        case Step.COLLECTED:
            refuse_all(_source_shortcomings(state, facts, today))
        case Step.PROBLEMS_DETERMINED:
            refuse_all(_finding_shortcomings(facts, "14.3"))
        case Step.RESULT_FORMED:
            refuse_all(_result_shortcomings(facts))
    return (StepCompleted(step=command.step, completed_on=command.completed_on, content=command.content),)


def _step_in_order(state: MonitoringState, command: CompleteStep) -> None:
    done, step = state.steps, command.step
    refuse_if(step in done, "step_completed_before", f"14.{step.value}", step=str(step.value))
    expected = len(done) + 1
    if step.value != expected:
        refuse("step_out_of_order", f"14.{expected}", step=str(step.value), expected=str(expected))
    latest = max(done.values(), default=date.min)
    early = command.completed_on < latest
    refuse_if(early, "step_before_former", f"14.{step.value}", former=latest.isoformat())


def _source_shortcomings(state: MonitoringState, facts: ReportFacts, today: date) -> tuple[Refusal, ...]:
    if not facts.sources:
        return (Refusal(code="no_source", rule="7"),)
    found: list[Refusal] = []
    for source in facts.sources:
        found.extend(source_refusals(source, state.conductor_kind, state.edition, today))
    return tuple(found)


def _finding_shortcomings(facts: ReportFacts, rule: str) -> tuple[Refusal, ...]:
    return () if facts.findings else (Refusal(code="no_finding", rule=rule),)


def _result_shortcomings(facts: ReportFacts) -> tuple[Refusal, ...]:
    """Rule 14.4: the result is formed by developing proposals."""
    proposed = any(item.kind is ItemKind.PROPOSAL for item in facts.items)
    return () if proposed else (Refusal(code="no_proposal", rule="14.4"),)


def _not_by_other_subject(state: MonitoringState) -> None:
    others = state.conductor_kind is ConductorKind.OTHER_SUBJECT
    refuse_if(others, "other_subjects_complete_steps", "14")


def _in_conduct(state: MonitoringState) -> None:
    in_conduct = state.stage in {Stage.COLLECTING, Stage.ANALYSING, Stage.DRAFTING}
    refuse_if(not in_conduct, "not_in_conduct", "8", stage=state.stage.value)


def _not_before_conduct(state: MonitoringState, day: date, today: date) -> None:
    refuse_if(day > today, "date_in_future", "8", date=day.isoformat())
    began = state.began_on or today
    refuse_if(day < began, "date_before_conduct", "8", date=day.isoformat(), began=began.isoformat())
