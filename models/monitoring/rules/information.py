"""Requests for information to its holders (rules 7, 8): the answer becomes a source."""

from datetime import date

from models.commands import (
    AnswerInformationRequest,
    RequestInformation,
    WithdrawInformationRequest,
)
from models.events import (
    Event,
    InformationRequestAnswered,
    InformationRequested,
    InformationRequestWithdrawn,
)
from models.monitoring.deadlines import information_deadline
from models.monitoring.rules.registry import decides
from models.monitoring.state import InformationRequest, MonitoringState
from models.vocabulary.procedure import ConductorKind, Id, InformationOutcome, Stage
from models.vocabulary.refusal import refuse_if


@decides(RequestInformation)
def request_information(
    state: MonitoringState, command: RequestInformation, today: date
) -> tuple[Event, ...]:
    """Other subjects gather from open sources only: they may not ask a holder for what is not open (14.1)."""
    in_conduct = state.stage in {Stage.COLLECTING, Stage.ANALYSING, Stage.DRAFTING}
    refuse_if(not in_conduct, "not_in_conduct", "8", stage=state.stage.value)
    others = state.conductor_kind is ConductorKind.OTHER_SUBJECT
    refuse_if(others, "requests_by_other_subject", "14.1")
    refuse_if(command.request in state.requests, "request_known", "7", request=command.request)
    late = command.reply_by is not None and command.reply_by <= today
    refuse_if(late, "reply_date_not_ahead", "", date=str(command.reply_by))
    deadline = information_deadline(state.edition, state.calendar, command.request, today, command.reply_by)
    return (
        InformationRequested(
            request=command.request,
            holder=command.holder,
            source_kind=command.source_kind,
            question=command.question,
            deadline=deadline,
        ),
    )


@decides(AnswerInformationRequest)
def answer_information_request(
    state: MonitoringState, command: AnswerInformationRequest, today: date
) -> tuple[Event, ...]:
    """An answer after the date asked for still counts: the date binds nobody by law."""
    request = _request(state, command.request)
    refuse_if(request.withdrawn, "request_withdrawn", "7", request=request.id)
    refuse_if(request.outcome is not None, "request_answered", "7", request=request.id)
    refuse_if(not state.before_approval, "report_approved_already", "8")
    provided = command.outcome is InformationOutcome.PROVIDED
    refuse_if(provided and command.source is None, "answer_without_source", "7", request=request.id)
    return (
        InformationRequestAnswered(
            request=request.id, outcome=command.outcome, answer=command.answer, source=command.source
        ),
    )


@decides(WithdrawInformationRequest)
def withdraw_information_request(
    state: MonitoringState, command: WithdrawInformationRequest, today: date
) -> tuple[Event, ...]:
    request = _request(state, command.request)
    refuse_if(not request.open, "request_not_open", "7", request=request.id)
    return (
        InformationRequestWithdrawn(request=request.id, reason=command.reason, told=command.tells_holder),
    )


def _request(state: MonitoringState, request: Id) -> InformationRequest:
    refuse_if(request not in state.requests, "request_unknown", "7", request=request)
    return state.requests[request]
