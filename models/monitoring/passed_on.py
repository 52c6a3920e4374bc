"""What passed on in a monitoring when a body was no more, and whom that is told (decision 0017)."""

from collections.abc import Iterator

from models.events import BodySucceeded
from models.monitoring.matters import Matter, MatterKind
from models.monitoring.state import CoConductor, MonitoringState
from models.vocabulary.procedure import Ground, Id
from models.vocabulary.succession import Successions, along, leads_for, stands_for


def whom_to_tell(before: Successions, after: Successions, event: BodySucceeded) -> Id | None:
    """The body that has from now on what another one had; None for nobody, or where it had it already."""
    heir_by = stands_for if event.whole else leads_for
    heir = heir_by(after, event.body)
    return None if heir in {event.body, heir_by(before, event.body)} else heir


def passed_on(state: MonitoringState, event: BodySucceeded) -> tuple[Matter, ...]:
    """The matters that are the told successor's by this event; what was answered is among them.

    What was sent to the authorized body's office is not: it is in the office, whoever holds that.
    """
    return () if event.told is None or state.ended else tuple(_passed_on(state, event, event.told))


def _passed_on(state: MonitoringState, event: BodySucceeded, told: Id) -> Iterator[Matter]:
    led = state.taken_over_by or state.lead.organisation
    if state.leading == told and _came_by(state, event, led):
        yield Matter(kind=MatterKind.LED, subject=led)
    for organisation, named in state.co_conductors.items():
        kind = _conduct(state, named)
        heir_by = leads_for if kind is MatterKind.CONDUCTED else stands_for
        if kind and heir_by(state.successions, organisation) == told and _came_by(state, event, organisation):
            yield Matter(kind=kind, subject=organisation)
    for organisation, addressee in state.addressees.items():
        of_the_office = addressee.ground is Ground.CONSOLIDATION
        if not of_the_office and _answers_now(state, event, organisation):
            deadline = state.deadlines.get(addressee.deadline or "")
            due_on = deadline.due_on if deadline else None
            yield Matter(kind=MatterKind.ADDRESSED, subject=organisation, due_on=due_on)
    for request in state.requests.values() if state.before_approval else ():
        if request.open and _answers_now(state, event, request.holder):
            due_on = state.deadlines[request.deadline].due_on
            yield Matter(kind=MatterKind.INFORMATION, subject=request.id, due_on=due_on)


def _conduct(state: MonitoringState, named: CoConductor) -> MatterKind | None:
    """What there is to say of joint conduct; whoever gave its word has nothing to do once it is approved."""
    if named.waits:
        return MatterKind.NAMED if state.before_approval else None
    told = named.conducts and (state.before_approval or not named.own_word)
    return MatterKind.CONDUCTED if told else None


def _answers_now(state: MonitoringState, event: BodySucceeded, body: Id) -> bool:
    return state.stands_for(body) == event.told and _came_by(state, event, body)


def _came_by(state: MonitoringState, event: BodySucceeded, body: Id) -> bool:
    """Whether what a body had passed on by this event, itself or further on."""
    return any(known.body == event.body for known in along(state.successions, (body,)))
