"""Where proposals and recommendations stand in the report, and by which day they are to be carried out."""

from datetime import date

from models.agenda.deadline import DeadlineStatus, DeadlineSubject, deadline_id
from models.monitoring.state import ItemState, MonitoringState
from models.vocabulary.procedure import Id


def position_of(state: MonitoringState, item: Id) -> int:
    """The number an item bears in the report: proposals and recommendations are counted apart."""
    kind = state.items[item].kind
    same = [known.id for known in state.items.values() if known.kind is kind]
    return same.index(item) + 1


def day_of(state: MonitoringState, item: ItemState) -> date | None:
    """The day that holds now; else the one its addressee planned, else the one the report asks for."""
    deadline = state.deadlines.get(deadline_id(DeadlineSubject.IMPLEMENTATION, item.id))
    if deadline is not None and deadline.status is not DeadlineStatus.WITHDRAWN:
        return deadline.due_on
    planned = item.answer.planned_on if item.answer else None
    return planned or item.due_on
