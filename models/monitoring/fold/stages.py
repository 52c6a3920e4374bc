"""Start, stages, ends (rules 2, 8, 9, 14)."""

from models.events import (
    ActivityRecorded,
    AnalysisCompleted,
    CollectionBegun,
    CollectionCompleted,
    Entry,
    FollowUpEnded,
    MonitoringCancelled,
    MonitoringClosed,
    MonitoringStarted,
    StepCompleted,
)
from models.monitoring.fold.registry import folds
from models.monitoring.state import MonitoringState
from models.proceeding.fold import all_withdrawn
from models.proceeding.registry import changed
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Stage, Step

_STAGE_AFTER_STEP = {Step.COLLECTED: Stage.ANALYSING, Step.PROBLEMS_DETERMINED: Stage.DRAFTING}


def started(event: MonitoringStarted, entry: Entry) -> MonitoringState:
    """The first state of a monitoring."""
    return MonitoringState(
        number=event.number,
        seq=entry.seq,
        stage=Stage.PLANNED,
        kind=event.kind,
        edition=event.edition,
        calendar=event.calendar,
        conductors=event.conductors,
        co_conductors_confirm=event.co_conductors_confirm,
        spheres=event.spheres,
        objects=event.objects,
        authorized_body=event.authorized_body,
        studied_from=event.studied_from,
        studied_until=event.studied_until,
        title=event.title,
        rule_5_by_period=event.rule_5_by_period,
        started_at=entry.at,
        started_by=entry.actor,
    )


@folds(CollectionBegun)
def collection_begun(state: MonitoringState, event: CollectionBegun, _: Entry) -> MonitoringState:
    """Rule 1: the edition of the day on which the conduct began is the one that is kept."""
    edition = event.edition or state.edition
    return changed(state, stage=Stage.COLLECTING, began_on=event.began_on, edition=edition)


@folds(ActivityRecorded)
def activity_recorded(state: MonitoringState, event: ActivityRecorded, _: Entry) -> MonitoringState:
    return changed(state, activities={**state.activities, event.activity: event.done_on})


@folds(CollectionCompleted)
def collection_completed(state: MonitoringState, event: CollectionCompleted, _: Entry) -> MonitoringState:
    return changed(state, stage=Stage.ANALYSING, content=event.content)


@folds(AnalysisCompleted)
def analysis_completed(state: MonitoringState, event: AnalysisCompleted, _: Entry) -> MonitoringState:
    return changed(state, stage=Stage.DRAFTING, content=event.content)


@folds(StepCompleted)
def step_completed(state: MonitoringState, event: StepCompleted, _: Entry) -> MonitoringState:
    """Rule 14: an other subject's steps carry it through the same stages."""
    return changed(
        state,
        stage=_STAGE_AFTER_STEP.get(event.step, state.stage),
        steps={**state.steps, event.step: event.completed_on},
        content=event.content,
    )


@folds(MonitoringCancelled)
def monitoring_cancelled(state: MonitoringState, _: MonitoringCancelled, entry: Entry) -> MonitoringState:
    """Nothing is awaited any more: letters not yet sent are withdrawn, open deadlines too."""
    letters = {
        key: letter.model_copy(update={"status": LetterStatus.WITHDRAWN})
        if letter.status in {LetterStatus.DUE, LetterStatus.UNDELIVERABLE}
        else letter
        for key, letter in state.letters.items()
    }
    return changed(all_withdrawn(state, entry), stage=Stage.CANCELLED, letters=letters)


@folds(MonitoringClosed)
def monitoring_closed(state: MonitoringState, event: MonitoringClosed, _: Entry) -> MonitoringState:
    deadlines = state.deadlines
    if event.follow_up:
        deadlines = {**deadlines, event.follow_up.id: event.follow_up}
    return changed(state, stage=Stage.CLOSED, closed_on=event.closed_on, deadlines=deadlines)


@folds(FollowUpEnded)
def follow_up_ended(state: MonitoringState, _: FollowUpEnded, entry: Entry) -> MonitoringState:
    return changed(all_withdrawn(state, entry), follow_up_ended=True)
