"""What a running monitoring is told of the registries: who came after whom, who the authorized body is."""

from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id
from models.vocabulary.succession import Succession, Successions, along


class MonitoringBriefing(Model):
    """As of the day it was read."""

    authorized_body: Id
    successions: tuple[Succession, ...] = ()


def parties_of(state: MonitoringState) -> frozenset[Id]:
    """Every body that leads, conducts, is studied, asked, written to or owes something in a monitoring."""
    return frozenset(
        (
            *(body.organisation for body in (*state.conductors, *state.objects)),
            *(body.superior for body in state.objects if body.superior),
            *(request.holder for request in state.requests.values()),
            *state.co_conductors,
            *state.addressees,
            *(item.addressee for item in state.items.values()),
            *state.successions,
            state.authorized_body,
            *([state.taken_over_by] if state.taken_over_by else ()),
        )
    )


def briefing_of(
    state: MonitoringState, authorized_body: Id, successions: Successions
) -> MonitoringBriefing | None:
    """What a monitoring does not know yet; None where it knows all that concerns it.

    `successions` are those of the registries that have taken effect. A body that a monitoring takes for gone
    and that the registries know again stands for itself.
    """
    if state.ended:
        return None
    news = tuple(
        known
        for known in along(successions, sorted(parties_of(state)))
        if state.successions.get(known.body) != known
    )
    if not news and authorized_body == state.authorized_body:
        return None
    return MonitoringBriefing(authorized_body=authorized_body, successions=news)
