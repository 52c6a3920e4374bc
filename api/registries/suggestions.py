"""Whom a report may concern (A7): the user picks, the system suggests."""

from models.monitoring.open_work import due_to_authorized_body
from models.monitoring.state import MonitoringState
from models.vocabulary.procedure import Ground, Id


def suggested_addressees(state: MonitoringState) -> dict[Id, Ground]:
    """Bodies in the order of their concern, each with the strongest ground; the conductors are left out.

    So is an object that is a special state body by now: it is studied for the time before (rule 5).

    Objects, bodies the decision's items are for, superiors of objects, and the authorized body if due.
    Whoever came after a body that is no more takes its place; what the decision asks of that keeps its name.
    """
    found: dict[Id, Ground] = {body.organisation: Ground.OBJECT for body in state.objects}
    current = state.current
    for item in current.content.facts.items if current else ():
        found.setdefault(item.addressee, Ground.HOLDER_OF_POWER)
    for body in state.objects:
        if body.superior is not None:
            found.setdefault(body.superior, Ground.SUPERIOR_BODY)
    special = {body.organisation for body in state.objects if body.special_state_body}
    named = {item.addressee for item in current.content.facts.items} if current else set()
    today: dict[Id, Ground] = {}
    for organisation, ground in found.items():
        heir = state.stands_for(organisation)
        if heir is None or state.conducted_by(heir) or special & {organisation, heir}:
            continue
        today.setdefault(organisation if organisation in named else heir, ground)
    if due_to_authorized_body(state):
        today[state.authorized_body] = Ground.CONSOLIDATION
    return today
