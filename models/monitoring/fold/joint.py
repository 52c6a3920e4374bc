"""Joint conduct (rule 2): whoever was named, and who conducts by whose word."""

from models.events import (
    CoConductorNamed,
    CoConductorWithdrawn,
    ConductConfirmed,
    ConductDeclined,
    Entry,
)
from models.letters.purposes import LinkSubject, purposes_about
from models.monitoring.fold.group import officials_gone
from models.monitoring.fold.letters import letters_withdrawn
from models.monitoring.fold.registry import folds
from models.monitoring.state import CoConductor, MonitoringState
from models.proceeding.registry import changed
from models.vocabulary.procedure import Conducting, Id

_TO_CO_CONDUCTORS = purposes_about(LinkSubject.ORGANISATION)


@folds(CoConductorNamed)
def co_conductor_named(state: MonitoringState, event: CoConductorNamed, _: Entry) -> MonitoringState:
    conducting = Conducting.APPOINTED if event.appointed else Conducting.NAMED
    named = CoConductor(body=event.body, conducting=conducting, agreement=event.agreement)
    return _with(state, named)


@folds(ConductConfirmed)
def conduct_confirmed(state: MonitoringState, event: ConductConfirmed, entry: Entry) -> MonitoringState:
    state = letters_withdrawn(state, event.organisation, *_TO_CO_CONDUCTORS)
    named = state.co_conductors[event.organisation]
    if event.own_word:
        return _with(state, named.model_copy(update={"conducting": Conducting.CONFIRMED}))
    told = {"conducting": Conducting.LEADS_WORD, "act": event.act, "agreement": entry.actor.on_behalf}
    return _with(state, named.model_copy(update=told))


@folds(ConductDeclined)
def conduct_declined(state: MonitoringState, event: ConductDeclined, _: Entry) -> MonitoringState:
    return _without(state, event.organisation, Conducting.DECLINED)


@folds(CoConductorWithdrawn)
def co_conductor_withdrawn(state: MonitoringState, event: CoConductorWithdrawn, _: Entry) -> MonitoringState:
    return _without(state, event.organisation, Conducting.WITHDRAWN)


def _without(state: MonitoringState, organisation: Id, conducting: Conducting) -> MonitoringState:
    """It does not conduct, and its officials leave the group: they were a conductor's (rule 12)."""
    state = letters_withdrawn(state, organisation, *_TO_CO_CONDUCTORS)
    named = state.co_conductors[organisation].model_copy(update={"conducting": conducting})
    return officials_gone(_with(state, named), organisation)


def _with(state: MonitoringState, named: CoConductor) -> MonitoringState:
    co_conductors = {**state.co_conductors, named.body.organisation: named}
    conducting = (each.body for each in co_conductors.values() if each.conducts)
    return changed(state, co_conductors=co_conductors, conductors=(state.lead, *conducting))
