"""The ends: cancellation before approval, closing when nothing due is open, the end of the follow-up."""

from datetime import date

from models.commands import CancelMonitoring, CloseMonitoring, EndFollowUp
from models.events import Event, FollowUpEnded, MonitoringCancelled, MonitoringClosed
from models.monitoring.deadlines import follow_up_deadline
from models.monitoring.open_work import OpenItem, OpenKind, open_items
from models.monitoring.rules.registry import decides
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Stage
from models.vocabulary.refusal import Refusal, refuse_all, refuse_if

_CLOSABLE = frozenset({Stage.APPROVED, Stage.DISPATCHED})
# What monitorings that were closed before did not have to do: asked of new commands only.
_ASKED = frozenset(OpenKind) - {OpenKind.NOT_SENT_TO_NAMED}


@decides(CancelMonitoring)
def cancel_monitoring(state: MonitoringState, command: CancelMonitoring, today: date) -> tuple[Event, ...]:
    """Before approval, with a reason; an approved report can only be corrected."""
    refuse_if(not state.before_approval, "cannot_cancel_after_approval", "15", stage=state.stage.value)
    return (MonitoringCancelled(reason=command.reason),)


@decides(CloseMonitoring)
def close_monitoring(state: MonitoringState, command: CloseMonitoring, today: date) -> tuple[Event, ...]:
    refuse_if(state.stage is Stage.CLOSED, "closed_already", "")
    refuse_all(_still_open(state, asked=_ASKED))
    follow_up = follow_up_deadline(state.edition, state.calendar, state.number, today)
    return (MonitoringClosed(closed_on=today, follow_up=follow_up),)


def closing_refusals(state: MonitoringState) -> tuple[Refusal, ...]:
    """All that keeps a monitoring of today from being closed, after its report was approved (`admission`)."""
    return _still_open(state, asked=frozenset(OpenKind)) if state.stage in _CLOSABLE else ()


def _still_open(state: MonitoringState, asked: frozenset[OpenKind]) -> tuple[Refusal, ...]:
    items = (item for item in open_items(state) if item.blocking and item.kind in asked)
    return tuple(_told(state, item) for item in items)


def _told(state: MonitoringState, item: OpenItem) -> Refusal:
    """A letter is known to people by its kind and its addressee, not by its id."""
    subject = item.subject or ""
    letter = state.letters.get(subject)
    kind, organisation = (letter.kind.value, letter.subject) if letter else ("", "")
    params = {"subject": subject, "letter": kind, "organisation": organisation}
    return Refusal(code=f"open_{item.kind.value}", rule=item.rule, params=params)


@decides(EndFollowUp)
def end_follow_up(state: MonitoringState, command: EndFollowUp, today: date) -> tuple[Event, ...]:
    """Closing is an event; the history goes on until nothing more is waited for."""
    refuse_if(state.stage is not Stage.CLOSED, "not_closed", "")
    return (FollowUpEnded(reason=command.reason),)
