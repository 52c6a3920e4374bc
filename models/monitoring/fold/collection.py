"""Requests for information (rules 7, 8)."""

from collections.abc import Mapping

from models.events import (
    Entry,
    InformationRequestAnswered,
    InformationRequested,
    InformationRequestWithdrawn,
)
from models.monitoring.fold.letters import letters_withdrawn
from models.monitoring.fold.registry import folds
from models.monitoring.state import InformationRequest, MonitoringState
from models.proceeding.fold import met, with_deadline, withdrawn
from models.proceeding.registry import changed
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Id


@folds(InformationRequested)
def information_requested(state: MonitoringState, event: InformationRequested, _: Entry) -> MonitoringState:
    request = InformationRequest(
        id=event.request,
        holder=event.holder,
        source_kind=event.source_kind,
        question=event.question,
        deadline=event.deadline.id,
    )
    state = changed(state, requests={**state.requests, request.id: request})
    return with_deadline(state, event.deadline)


@folds(InformationRequestAnswered)
def information_request_answered(
    state: MonitoringState, event: InformationRequestAnswered, entry: Entry
) -> MonitoringState:
    answered = {"outcome": event.outcome, "answer": event.answer, "source": event.source}
    return met(_request_now(state, event.request, answered), state.requests[event.request].deadline, entry)


@folds(InformationRequestWithdrawn)
def information_request_withdrawn(
    state: MonitoringState, event: InformationRequestWithdrawn, entry: Entry
) -> MonitoringState:
    state = letters_withdrawn(
        _request_now(state, event.request, {"withdrawn": True}),
        event.request,
        Purpose.ANSWER_INFORMATION_REQUEST,
    )
    return withdrawn(state, state.requests[event.request].deadline, entry)


def _request_now(state: MonitoringState, request: Id, fields: Mapping[str, object]) -> MonitoringState:
    now = state.requests[request].model_copy(update=fields)
    return changed(state, requests={**state.requests, request: now})
