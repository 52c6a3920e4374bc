"""Where proposals and recommendations stand in the report, and by which day they are to be carried out."""

from collections import Counter
from datetime import date

from models.agenda.deadline import Deadline, DeadlineStatus, DeadlineSubject, deadline_id
from models.monitoring.state import ItemState, MonitoringState, Version
from models.vocabulary.procedure import Id, ItemKind


def positions_of(state: MonitoringState) -> dict[Id, int]:
    """The numbers that items bear in the report: proposals and recommendations are counted apart."""
    counted: Counter[ItemKind] = Counter()
    positions = {}
    for item in state.items.values():
        counted[item.kind] += 1
        positions[item.id] = counted[item.kind]
    return positions


def position_of(state: MonitoringState, item: Id) -> int:
    """The number that one item bears."""
    return positions_of(state)[item]


def items_for(state: MonitoringState, organisation: Id) -> tuple[Id, ...]:
    """What the decision asks of a body (rule 16)."""
    return tuple(item.id for item in state.items.values() if item.addressee == organisation)


def named_and_not_sent(state: MonitoringState) -> tuple[Id, ...]:
    """Bodies the decision names that the report never went to, in its order (rules 17, 20).

    A conductor has its report, and so has whoever came after a body if it was sent it in its place. Of a body
    that left nobody the reason is recorded. It holds for the items it was recorded for.
    """
    named = dict.fromkeys(item.addressee for item in state.items.values())
    return tuple(
        organisation
        for organisation in named
        if not _has_it(state, organisation) and not _omitted(state, organisation)
    )


def _has_it(state: MonitoringState, organisation: Id) -> bool:
    return any(
        body in state.addressees or state.conducted_by(body)
        for body in (organisation, state.stands_for(organisation))
        if body is not None
    )


def _omitted(state: MonitoringState, organisation: Id) -> bool:
    omission = state.omitted.get(organisation)
    return omission is not None and set(items_for(state, organisation)) <= set(omission.items)


def deadline_of(state: MonitoringState, item: ItemState) -> Deadline | None:
    """By which it is waited for; None where nobody waits for it by a day."""
    deadline = state.deadlines.get(deadline_id(DeadlineSubject.IMPLEMENTATION, item.id))
    return None if deadline is None or deadline.status is DeadlineStatus.WITHDRAWN else deadline


def day_of(state: MonitoringState, item: ItemState) -> date | None:
    """The day that holds now; else the one its addressee planned, else the one the report asks for."""
    deadline = deadline_of(state, item)
    if deadline is not None:
        return deadline.due_on
    planned = item.answer.planned_on if item.answer else None
    return planned or item.due_on


def items_kept(state: MonitoringState, version: Version) -> tuple[Id, ...]:
    """A12: items that a corrected version leaves word for word; what their addressees answered stands.

    Versions that earlier releases pinned do not tell their items' texts: they are all asked anew.
    """
    if state.current is None:
        return ()
    former = {fact.id: fact for fact in state.current.content.facts.items}
    return tuple(
        fact.id
        for fact in version.content.facts.items
        if fact.id in former and fact.asks_as(former[fact.id]) and state.items[fact.id].answer is not None
    )


def answers_stand(version: Version, organisation: Id, kept: tuple[Id, ...]) -> bool:
    """Whether a body has answered all that a corrected version says to it."""
    own = [fact.id for fact in version.content.facts.items if fact.addressee == organisation]
    return bool(own) and set(own) <= set(kept)
